import type { ClusterNode, Probe } from '../cluster/cluster.ts';

/**
 * What runs in planet, in the order of recordings/satellite/healthy-3nodes: always running, the text as the programs
 * print it, several lines and no detail at all where a program is not found.
 */
export function versionProbes({ server, software }: ClusterNode): Probe[] {
  return Object.entries(VERSIONS).map(([name, text]) => {
    const part = name === 'etcd' ? software.etcd : software.planet;
    const detail = (part === 'before' ? (BEFORE[name] ?? text) : text)(server.hostname);
    return { checker: `${name}-version`, ...(detail === '' ? {} : { detail }), status: 'running' };
  });
}

const VERSIONS: Readonly<Record<string, (hostname: string) => string>> = {
  system: (hostname) => `Linux ${hostname} 5.4.17-uek #2 SMP Thu Apr 15 00:00:00 UTC 2021 x86_64 GNU/Linux\n`,
  systemd: () =>
    'systemd 241 (241)\n+PAM +AUDIT +SELINUX +IMA +APPARMOR +SMACK +SYSVINIT +UTMP +LIBCRYPTSETUP +GCRYPT +GNUTLS +ACL +XZ +LZ4 +SECCOMP +BLKID +ELFUTILS +KMOD -IDN2 +IDN -PCRE2 default-hierarchy=hybrid\n',
  docker: (hostname) => DOCKER.replaceAll('HOST', hostname),
  etcd: () => 'etcd Version: 3.4.9\nGit SHA: 54ba95891\nGo Version: go1.12.17\nGo OS/Arch: linux/amd64\n',
  kubelet: () => 'Kubernetes v1.17.9\n',
  coredns: () => 'CoreDNS-1.7.0\nlinux/amd64, go1.14.4, f59c03d\n',
  dbus: () =>
    'D-Bus Message Bus Daemon 1.12.20\nCopyright (C) 2002, 2003 Red Hat, Inc., CodeFactory AB, and others\nThis is free software; see the source for copying conditions.\nThere is NO warranty; not even for MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.\n',
  serf: () => 'Serf v0.8.5\nAgent Protocol: 5 (Understands back to: 2)\n',
  flanneld: () => '',
  registry: () => 'registry github.com/docker/distribution v2.7.1\n',
  'node-problem-detector': () => 'v0.6.4\n',
};

/** What a release before that of VERSIONS has otherwise. */
const BEFORE: Readonly<Record<string, (hostname: string) => string>> = {
  etcd: () => 'etcd Version: 3.3.22\nGit SHA: 282cce72d\nGo Version: go1.12.17\nGo OS/Arch: linux/amd64\n',
  kubelet: () => 'Kubernetes v1.16.15\n',
  coredns: () => 'CoreDNS-1.6.7\nlinux/amd64, go1.13.6, da7f65b\n',
};

const DOCKER = `Client:
 Debug Mode: false

Server:
 Containers: 41
  Running: 24
  Paused: 0
  Stopped: 17
 Images: 38
 Server Version: 18.09.9
 Storage Driver: overlay2
  Backing Filesystem: xfs
  Supports d_type: true
  Native Overlay Diff: true
 Logging Driver: json-file
 Cgroup Driver: cgroupfs
 Plugins:
  Volume: local
  Network: bridge host macvlan null overlay
  Log: awslogs fluentd gcplogs gelf journald json-file local logentries splunk syslog
 Swarm: inactive
 Runtimes: runc
 Default Runtime: runc
 Init Binary: docker-init
 Security Options:
  seccomp
   Profile: default
 Kernel Version: 5.4.17-uek
 Operating System: Debian GNU/Linux 9 (stretch) (containerized)
 OSType: linux
 Architecture: x86_64
 CPUs: 8
 Total Memory: 31.26GiB
 Name: HOST
 Docker Root Dir: /ext/docker
 Debug Mode: false
 Registry: https://index.docker.io/v1/
 Labels:
 Experimental: false
 Insecure Registries:
  127.0.0.0/8
 Live Restore Enabled: false
 Product License: Community Engine
`;
