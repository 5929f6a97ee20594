const WORDED =
  'the agent’s answer there has no `rpc error: code = Unknown desc = ` before the exit status, as every real agent’s has (nodes-facts 11; nodes/04, 05)';
const ONE_DATABASE =
  'recorded where all nodes had one database: on real nodes the lead does not see that a remote phase failed before it reconciles (nodes-facts 3; nodes/04)';
const SURVIVED =
  'recorded where all nodes had one database and the remote part lived on: on real nodes it dies with the command that began it (nodes-facts 5.1; nodes/07)';

/** What recordings show that real nodes do not do: by the recorded command, why it is no longer reproduced. */
export const ARTEFACTS: Readonly<Record<string, string>> = {
  '06-exec-bootstrap-fails-remote': WORDED,
  '07-plan-text-failed': ONE_DATABASE,
  '08-plan-json-failed': ONE_DATABASE,
  '10-resume-block-fails': WORDED,
  '11-status-after-failed-resume': WORDED,
  '13-resume-block-fails-later': `its operation says what it said in 11: ${WORDED}`,
  '61-after-kill-plan': SURVIVED,
  '62-exec-after-kill': SURVIVED,
};
