import { cleanLine } from '../../protocol/clean.ts';
import { type Problem, type ProblemCode, problem } from '../../protocol/problem.ts';

/** What it means that no answer came: Node's error code and OpenSSL's words (recordings/satellite/node-https-client.txt). */
export function transportProblem({ code, message }: { code: string; message: string }): Problem {
  const said = cleanLine(`${code} ${message}`);
  const limits = validityProblem(said);
  if (limits !== null) return limits;
  const [, kind, sentence] = rows.find(([pattern]) => pattern.test(said)) ?? otherwise;
  return problem(kind, kind === 'health.unreachable' ? `${sentence}: ${said.slice(0, 200)}` : sentence);
}

/** An endpoint whose certificate is over, or not valid yet; the port tells the dates of the one it was shown. */
function validityProblem(said: string): Problem | null {
  if (!/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/.test(said)) return null;
  const [, from, to] = /valid from (\S+) to (\S+)/.exec(said) ?? [];
  const isOver = said.includes('CERT_HAS_EXPIRED');
  const when = isOver ? to : from;
  const date = when === undefined ? '' : isOver ? ` on ${when}` : ` before ${when}`;
  const words = isOver ? `has expired${date}` : `is not valid yet${when === undefined ? '' : `, not${date}`}`;
  return problem('health.server-expired', `the certificate of the health endpoint ${words}`);
}

type Row = readonly [RegExp, ProblemCode, string];

const otherwise: Row = [/$/, 'health.unreachable', 'the health endpoint could not be reached'];

/** The first that fits. Go's releases name the alert differently, so `alert` is all that is looked for. */
const rows: readonly Row[] = [
  [/^ENOENT/, 'health.certificate-missing', 'a certificate for the health endpoint is not there'],
  [
    /ERR_TLS_CERT_ALTNAME_INVALID/,
    'health.name-mismatch',
    'the name in the health address is not in the certificate',
  ],
  [
    /UNABLE_TO_VERIFY|SELF_SIGNED|UNABLE_TO_GET_ISSUER|CERT_SIGNATURE_FAILURE|DEPTH_ZERO|INVALID_CA|CERT_UNTRUSTED|CERT_REJECTED/,
    'health.server-untrusted',
    'the certificate of the health endpoint is not signed by the authority given with --ca',
  ],
  [/alert/i, 'health.certificate-refused', 'the health endpoint refused the client certificate, or got none'],
  [
    /key values mismatch|no start line|bad decrypt|PEM|NO_CERTIFICATE|unsupported certificate/i,
    'health.certificate-refused',
    'the client certificate and its key cannot be used together',
  ],
  [
    /WRONG_VERSION_NUMBER|wrong version number|packet length too long/i,
    'health.unreachable',
    'what answers at the health address speaks no TLS',
  ],
  // With TLS 1.3 a refusal comes after "connected"; an endpoint that is not Go hangs up instead of sending its alert.
  [
    /ECONNRESET.*socket hang up/,
    'health.certificate-refused',
    'the health endpoint hung up without an answer, as one does that refuses the client certificate',
  ],
  [/too-large/, 'answer.too-large', 'the health answer is larger than is read'],
  [/ECONNREFUSED/, 'health.refused', 'nobody listens at the health address'],
  [/\btimeout\b|ETIMEDOUT|ESOCKETTIMEDOUT/i, 'health.hangs', 'the health endpoint gives no answer'],
];
