import { healthRound } from '../health/health-round.ts';
import { newLife } from '../life.ts';
import type { SimulatorVerb } from './verbs.ts';

/** What can be done to the cluster as a whole. */
export const worldVerbs = {
  etcd: {
    operands: 'down|up',
    describe: "stop or start the cluster's store",
    run: ({ cluster }, [state = '']) => {
      if (state !== 'down' && state !== 'up') return { refused: `"${state}" is neither down nor up` };
      cluster.etcdDown = state === 'down';
      if (state === 'up') for (const node of cluster.nodes.values()) node.etcdStopped = false;
      healthRound(cluster);
      return { done: `etcd is ${state}` };
    },
  },
  lock: {
    operands: 'SECONDS [update|local]',
    describe:
      "hold a database of the door's node, the update's unless told: gravity plan waits 60 s, or 30 s",
    run: ({ cluster, clock }, [seconds = '', database = 'update']) => {
      const value = Number(seconds);
      if (!(value > 0)) return { refused: `"${seconds}" is not a number of seconds above 0` };
      if (database !== 'update' && database !== 'local')
        return { refused: `"${database}" is neither update nor local` };
      const lock = { node: cluster.host, database, life: newLife() } as const;
      cluster.locks.push(lock);
      void clock.watch(value * 1000).then(() => {
        lock.life.end();
        cluster.locks.splice(cluster.locks.indexOf(lock), 1);
      });
      return { done: `the ${database} database is locked for ${value} s` };
    },
  },
  'evict-block': {
    operands: 'POD on|off',
    describe:
      'let every drain still to come be held by a pod, or no longer: a disruption budget does not let it go',
    run: ({ cluster }, [name = '', state = '']) => {
      if (name === '' || (state !== 'on' && state !== 'off')) return { refused: 'give a pod and on or off' };
      const pod = name.includes('/') ? name : `${cluster.application.name}/${name}`;
      if (state === 'on') cluster.heldPods.add(pod);
      else cluster.heldPods.delete(pod);
      return { done: state === 'on' ? `drains cannot evict ${pod}` : `drains can evict ${pod} again` };
    },
  },
  alert: {
    operands: 'NAME critical|warning|off [TEXT]',
    describe: 'let the alert manager raise an alert, or take it back',
    run: ({ cluster, clock }, [name = '', severity = '', ...words]) => {
      if (name === '' || !['critical', 'warning', 'off'].includes(severity))
        return { refused: 'give a name and critical, warning or off' };
      cluster.alerts.splice(0, Infinity, ...cluster.alerts.filter((alert) => alert.name !== name));
      if (severity === 'off') return { done: `${name} is no alert any more` };
      const message = words.join(' ');
      const [, namespace, pod] = /\bPod ([\w-]+)\/([\w-]+)/.exec(message) ?? [];
      const labels: Record<string, string> =
        namespace === undefined || pod === undefined ? {} : { namespace, pod };
      cluster.alerts.push({ name, severity, message, since: clock.now(), labels });
      return { done: `${name} is ${severity}` };
    },
  },
  certificates: {
    operands: 'rotate',
    describe: 'issue new certificates: those of before open the health endpoint no more',
    run: async ({ rotateCertificates }, [what = '']) => {
      if (what !== 'rotate') return { refused: `"${what}" is not rotate, the one thing certificates can do` };
      await rotateCertificates();
      return { done: 'the certificates are new' };
    },
  },
  speed: {
    operands: 'N|pause',
    describe: 'how many simulated seconds of work pass in one',
    run: ({ clock }, [speed = '']) => {
      const value = speed === 'pause' ? 0 : Number(speed);
      if (!(value > 0 || speed === 'pause'))
        return { refused: `"${speed}" is neither a speed above 0 nor pause` };
      clock.setSpeed(value);
      return { done: value === 0 ? 'the world stands still' : `the world runs at ${value} times its pace` };
    },
  },
} satisfies Record<string, SimulatorVerb>;
