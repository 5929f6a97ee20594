import type { Http } from '../../ports.ts';
import type { Link } from './link.ts';

/** The network as a client of the agent sees it over a link: what goes wrong is said in the link's own words. */
export function overLink(http: Http, link: Link): Http {
  const { request, connect } = http.over(link.open);
  return {
    ...http,
    async request(asked) {
      const answer = await request(asked);
      const why = link.problem();
      return answer.ok || why === null ? answer : { ...answer, code: 'link', message: lost(why) };
    },
    connect: (target, handlers) =>
      connect(target, {
        ...handlers,
        onClose(reason) {
          const why = link.problem();
          handlers.onClose(why === null ? reason : { ...reason, message: lost(why) });
        },
      }),
  };
}

function lost(why: string): string {
  return `the link of --via is lost: ${why}`;
}
