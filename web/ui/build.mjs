// Compiles, bundles and tests the page. Does nothing where nothing changed since it last succeeded.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [task, target] = process.argv.slice(2);
const out = join(target, 'generated-resources', 'ui', 'dev', 'chipray', 'web', 'internal');

/** All files below a folder, in a fixed order. */
function files(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function digest(paths) {
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** Runs `work` unless `stamp` says that it succeeded with the same inputs. */
function once(stamp, inputs, work) {
  const now = digest(inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  rmSync(stamp, { force: true });
  work();
  writeFileSync(stamp, now);
}

function run(command, ...parameters) {
  try {
    execFileSync(command, parameters, { stdio: 'inherit' });
  } catch (problem) {
    if (problem.status === undefined) console.error(problem.message);
    process.exit(1);
  }
}

function install() {
  once('node_modules/.chipray-installed', ['package-lock.json'], () => {
    run('npm', 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
  });
}

const tool = (name) => join('node_modules', '.bin', name);
const sources = ['build.mjs', 'package-lock.json', 'tsconfig.json', ...files('src')];
const tests = files('test');

mkdirSync(out, { recursive: true });
install();
if (task === 'build') {
  once(join(target, 'ui-built'), sources, () => {
    run(tool('tsc'), '-p', '.');
    run(
      tool('esbuild'),
      'src/main.ts',
      '--bundle',
      '--minify',
      '--format=iife',
      '--target=es2022',
      '--charset=ascii',
      '--legal-comments=none',
      '--log-level=warning',
      `--outfile=${join(out, 'report.js')}`,
    );
    run(tool('esbuild'), 'src/report.css', '--minify', '--log-level=warning', `--outfile=${join(out, 'report.css')}`);
  });
} else if (task === 'test') {
  const bundles = join(target, 'ui-tests');
  once(join(target, 'ui-tested'), [...sources, ...tests], () => {
    run(tool('tsc'), '-p', '.');
    rmSync(bundles, { recursive: true, force: true });
    const entries = tests.filter((path) => path.endsWith('.test.ts'));
    run(
      tool('esbuild'),
      ...entries,
      '--bundle',
      '--platform=node',
      '--format=esm',
      '--out-extension:.js=.mjs',
      '--log-level=warning',
      `--outdir=${bundles}`,
    );
    run('node', '--test', '--test-reporter=dot', ...files(bundles));
  });
} else if (task === 'driver') {
  // Playwright for Java looks for its driver in a folder named package.
  const driver = join(target, 'playwright-driver');
  mkdirSync(driver, { recursive: true });
  rmSync(join(driver, 'package'), { force: true });
  symlinkSync(resolve('node_modules', 'playwright-core'), join(driver, 'package'));
} else {
  console.error(`unknown task: ${task}`);
  process.exit(2);
}
