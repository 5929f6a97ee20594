/**
 * What mends a failed probe, by its checker (health.md 2). `work` follows "on NODE, "; `commands` look and change nothing:
 * GRAVITY stands for the binary's path, NODE for the node's name in Kubernetes.
 * `here`: they are to be given on that node; what asks the cluster's API may be given anywhere.
 */
export type ProbeRepair = { work: string; commands: readonly string[]; here: boolean };

const repairs: Readonly<Record<string, ProbeRepair>> = {
  'etcd-healthz': {
    work: 'see why etcd in planet does not answer: its unit, its disk, the network to the other members',
    commands: ['GRAVITY exec systemctl status etcd', 'GRAVITY exec etcdctl cluster-health'],
    here: true,
  },
  'kube-apiserver': {
    work: 'see to etcd first, which it stands on, then to its own unit in planet',
    commands: ['GRAVITY exec etcdctl cluster-health', 'GRAVITY exec systemctl status kube-apiserver'],
    here: true,
  },
  kubelet: {
    work: 'see why the kubelet in planet does not answer',
    commands: ['GRAVITY exec systemctl status kube-kubelet', 'GRAVITY exec journalctl -u kube-kubelet -n 50'],
    here: true,
  },
  docker: {
    work: 'see why docker in planet does not answer: its unit, and room on the disk',
    commands: ['GRAVITY exec systemctl status docker', 'df -h /var/lib/gravity'],
    here: true,
  },
  'docker-registry': {
    work: 'see to the registry’s unit in planet; images cannot be pulled from this master until it answers',
    commands: ['GRAVITY exec systemctl status registry', 'df -h /var/lib/gravity'],
    here: true,
  },
  'ip-forward': {
    work: 'set net.ipv4.ip_forward to 1, in /etc/sysctl.d too, or it is lost at the next boot',
    commands: ['sysctl net.ipv4.ip_forward', 'grep -r ip_forward /etc/sysctl.conf /etc/sysctl.d'],
    here: true,
  },
  'br-netfilter': {
    work: 'load br_netfilter and set net.bridge.bridge-nf-call-iptables to 1, so that both outlive a boot',
    commands: ['lsmod', 'sysctl net.bridge.bridge-nf-call-iptables'],
    here: true,
  },
  'may-detach-mounts': {
    work: 'set fs.may_detach_mounts to 1, in /etc/sysctl.d too: without it pods stay terminating',
    commands: ['sysctl fs.may_detach_mounts'],
    here: true,
  },
  inotify: {
    work: 'raise fs.inotify.max_user_instances and max_user_watches, or end what holds so many',
    commands: ['sysctl fs.inotify', 'sysctl fs.file-nr'],
    here: true,
  },
  'node-status': {
    work: 'see which condition of the node Kubernetes complains of',
    commands: ['GRAVITY exec kubectl describe node NODE'],
    here: false,
  },
  interpod: {
    work: 'see that pods of different nodes reach each other: the overlay network and its ports (8472/udp)',
    commands: ['GRAVITY exec kubectl get nodes -o wide', 'GRAVITY exec systemctl status flanneld'],
    here: true,
  },
  dns: {
    work: 'see why names of the cluster are not resolved: the DNS in planet, and the leader’s address',
    commands: ['GRAVITY exec systemctl status coredns', 'GRAVITY exec dig leader.telekube.local'],
    here: true,
  },
  'disk-space': {
    work: 'make room below /var/lib/gravity; over 90% the node is degraded. gravity gc removes what no version needs',
    commands: ['df -h /var/lib/gravity', 'du -xh --max-depth=2 /var/lib/gravity'],
    here: true,
  },
  'io-check': {
    work: 'see that the disk under /var/lib/gravity is there and can be written to',
    commands: ['df -h /var/lib/gravity', 'dmesg -T --level=err,warn'],
    here: true,
  },
  'path-uid': {
    work: 'give /var/lib/gravity back to the user the cluster was installed for; somebody has changed its owner',
    commands: ['stat /var/lib/gravity'],
    here: true,
  },
  'path-gid': {
    work: 'give /var/lib/gravity back to the group the cluster was installed for; somebody has changed it',
    commands: ['stat /var/lib/gravity'],
    here: true,
  },
  'ping-checker': {
    work: 'see what slows the network to the node it names; etcd suffers from it first',
    commands: ['GRAVITY exec etcdctl cluster-health', 'ip -s link'],
    here: true,
  },
  'time-drift': {
    work: 'correct the clock and keep it synchronized: each master tolerates 0.3 s to any node; gravity records operations out of order otherwise',
    commands: ['timedatectl', 'chronyc tracking'],
    here: true,
  },
  hung: {
    work: 'find what the checker waits for: it gave no result within 20 s, so what it checks is unknown (a program or an API that hangs)',
    commands: [
      'GRAVITY exec systemctl status docker',
      'GRAVITY exec ps -eo pid,stat,etime,args --sort=-etime',
    ],
    here: true,
  },
  'nethealth-checker': {
    work: 'see what loses packets to the node it names: firewall, MTU, a node that is down',
    commands: ['GRAVITY exec kubectl get nodes -o wide', 'ip -s link'],
    here: true,
  },
  'system-pods-checker': {
    work: 'see why the pod it names does not run',
    commands: ['GRAVITY exec kubectl get pods --all-namespaces -o wide'],
    here: false,
  },
  'kernel-check': {
    work: 'plan a newer kernel; it is older than the one gravity asks for',
    commands: ['uname -r'],
    here: true,
  },
  aws: {
    work: 'give the instance its IAM profile back',
    commands: ['curl -s http://169.254.169.254/latest/meta-data/iam/info'],
    here: true,
  },
};

const unknown: ProbeRepair = {
  work: 'mend what the probe names; this console has no row for it',
  commands: ['GRAVITY status', 'GRAVITY exec systemctl --failed'],
  here: true,
};

/** A checker of units says which one: `unit`, where it was found in what the probe says. */
function ofUnit(unit: string | null): ProbeRepair {
  if (unit === null) return unknown;
  const commands = [`GRAVITY exec systemctl status ${unit}`, `GRAVITY exec journalctl -u ${unit} -n 50`];
  return { work: `see why ${unit} failed in planet, and start it again`, commands, here: true };
}

/** `io-check(/var/lib/gravity)` is a checker with what it looks at. */
export function probeRepair(checker: string, unit: string | null): ProbeRepair {
  const name = checker.replace(/\(.*$/, '');
  if (name === 'systemd') return ofUnit(unit);
  return Object.hasOwn(repairs, name) ? (repairs[name] ?? unknown) : unknown;
}
