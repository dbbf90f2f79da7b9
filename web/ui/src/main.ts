import { App } from './page/app';
import { load } from './data/load';
import { el } from './page/dom';

const root = document.getElementById('chipray');
const data = document.getElementById('chipray-data');

if (root !== null && data !== null) {
  load(data)
    .then((report) => new App(root, report))
    .catch((problem: unknown) => {
      document.documentElement.dataset['state'] = 'failed';
      const reason = problem instanceof Error ? problem.message : String(problem);
      root.replaceChildren(el('p', { class: 'failed', role: 'alert' }, `This report cannot be shown: ${reason}.`));
      throw problem;
    });
}
