// The console page: state comes by server-sent events, is shown through textContent alone.

const API = '/api/v1';
const SVG = 'http://www.w3.org/2000/svg';
const LEVELS = {viewer: 0, operator: 1, admin: 2};
const STATES = {
  SUBMITTED: ['wait', '◌'], PLANNING: ['wait', '◌'], WAITING: ['wait', '◔'], DEPLOYING: ['wait', '◌'],
  RUNNING: ['good', '▶'], CANCELLING: ['wait', '◌'], COMPLETED: ['good', '✓'], FAILED: ['bad', '✕'],
  CANCELLED: ['done', '■'], ACTIVE: ['good', '✓'], RESOLVED: ['good', '✓'], PENDING: ['wait', '◌'],
  REMOVING: ['wait', '◌'], BROKEN: ['bad', '✕'], ASSIGN: ['good', '✓'], WAIT: ['wait', '◔'],
  REJECT: ['bad', '✕'], STANDING: ['good', '✓'], IN_PROGRESS: ['wait', '◌'],
};
const ENDED = ['COMPLETED', 'FAILED', 'CANCELLED'];

const model = {me: null, cluster: null, apps: [], bundles: [], nodes: [], schedulers: null, app: null,
  savepoints: []};
const shown = new Map();
const $ = (id) => document.getElementById(id);

// --- building elements ---

/** An element; a child that is text is set as text, never as markup. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === 'onClick') element.addEventListener('click', value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function s(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Replaces the content of a place if its data has changed; the focus stays where it was. */
function show(id, data, build) {
  const text = JSON.stringify(data) ?? '';
  if (shown.get(id) === text) return;
  shown.set(id, text);
  const place = $(id);
  const key = place.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  place.replaceChildren(...build());
  if (key) place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({preventScroll: true});
}

function state(name) {
  const [kind, icon] = STATES[name] ?? ['done', '•'];
  return h('span', {class: `state ${kind}`, 'data-icon': icon}, name.toLowerCase());
}

function table(caption, columns, rows) {
  const head = h('tr', null, ...columns.map(([title, kind]) => h('th', {scope: 'col', class: kind},
      kind === 'actions-cell' ? h('span', {class: 'unseen'}, title) : title)));
  const body = rows.map(({cells, selected}) => h('tr', {class: selected ? 'selected' : null},
      ...cells.map((cell, i) => h('td', {'data-label': columns[i][0], class: columns[i][1]}, cell ?? ''))));
  return h('table', {'aria-label': caption}, h('thead', null, head), h('tbody', null, ...body));
}

function facts(pairs) {
  return pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([name, value]) => h('div', null, h('dt', null, name), h('dd', null, value)));
}

const empty = (text) => h('p', {class: 'empty'}, text);
const may = (role) => model.me !== null && LEVELS[model.me.role] >= LEVELS[role];

// --- numbers and times ---

function count(n) {
  if (n === null || n === undefined) return '–';
  const steps = [[1e9, 'G'], [1e6, 'M'], [1e4, 'k']];
  for (const [size, unit] of steps) {
    if (Math.abs(n) >= size) return `${(n / (unit === 'k' ? 1e3 : size)).toFixed(1)} ${unit}`;
  }
  return Number.isInteger(n) ? String(n) : n.toFixed(n < 10 ? 1 : 0);
}

const rate = (n) => `${count(n)}/s`;
const percent = (n) => `${Math.round(n)} %`;
const time = (text) => text ? new Date(text).toLocaleString() : null;

function duration(from, to) {
  if (from === null || from === undefined) return null;
  const seconds = Math.max(0, (to ? new Date(to) : new Date()) - new Date(from)) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
}

// --- talking to the node ---

class Refused extends Error {
  constructor(problem, status) {
    super([problem.detail, problem.hint].filter(Boolean).join(' ') || `HTTP ${status}`);
    this.status = status;
  }
}

async function call(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(API + path, {method, body, headers, credentials: 'same-origin'});
  } catch {
    throw new Error('The node does not answer.');
  }
  if (response.status === 401) loggedOut();
  if (!response.ok) throw new Refused(await response.json().catch(() => ({})), response.status);
  return response.status === 204 ? null : response.json().catch(() => null);
}

const json = (method, path, value) => call(method, path, JSON.stringify(value), {'Content-Type': 'application/json'});

function tell(text) {
  $('message').replaceChildren(h('span', null, text),
      h('button', {type: 'button', class: 'quiet', onClick: () => $('message').replaceChildren()}, 'Close'));
}

async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    tell(error.message);
    return undefined;
  }
}

function loggedOut() {
  connection('lost', 'logged out');
  tell('You are logged out. Run "gear console" on the machine of this node and open the address it prints.');
}

function confirmed(question, verb) {
  const dialog = $('confirm');
  $('confirm-text').textContent = question;
  $('confirm-yes').textContent = verb;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), {once: true});
  });
}

// --- cluster, nodes, schedulers ---

function showCluster() {
  const cluster = model.cluster;
  show('cluster', cluster, () => {
    if (!cluster) return [empty('Waiting for the master.')];
    const running = cluster.applications.RUNNING ?? 0;
    const failed = cluster.applications.FAILED ?? 0;
    return facts([
      ['Leader', cluster.leader],
      ['Epoch', String(cluster.epoch)],
      ['Nodes', String(cluster.nodes)],
      ['Workers', String(cluster.workers)],
      ['Slots in use', `${cluster.slots.total - cluster.slots.free} of ${cluster.slots.total}`],
      ['Running', String(running)],
      ['Failed', failed ? h('span', {class: 'state bad', 'data-icon': '✕'}, String(failed)) : '0'],
      ['Scheduler', cluster.scheduler],
    ]);
  });
}

function showNodes() {
  show('node-list', [model.nodes, model.me], () => {
    if (!model.nodes.length) return [empty('No nodes are known.')];
    return [table('Nodes', [['Node'], ['Roles'], ['Slots free', 'num'], ['Actions', 'actions-cell']], model.nodes.map((node) => ({cells: [
      h('span', null, node.id, h('div', {class: 'sub'}, `Java ${node.java} · pid ${node.pid}`)),
      h('span', null, node.roles.join(', '), node.leader ? h('div', {class: 'sub'}, '★ leader') : null),
      node.worker ? `${node.worker.freeSlots} of ${node.worker.slots}` : '–',
      may('admin') ? h('button', {type: 'button', class: 'danger', 'data-key': `stop ${node.id}`,
        'aria-label': `Stop node ${node.id}`, onClick: () => stopNode(node.id)}, 'Stop') : null,
    ]})))];
  });
}

function showSchedulers() {
  show('scheduler-list', [model.schedulers, model.me], () => {
    const all = model.schedulers?.schedulers ?? [];
    if (!all.length) return [empty('No schedulers are known.')];
    return [table('Schedulers', [['Name'], ['State'], ['Actions', 'actions-cell']], all.map((scheduler) => ({cells: [
      h('span', null, scheduler.name, h('div', {class: 'sub'}, `${scheduler.bundle ?? ''} ${scheduler.version ?? ''}`)),
      h('span', null, state(scheduler.state), scheduler.lastError ? h('div', {class: 'sub'}, scheduler.lastError) : null),
      scheduler.name === model.schedulers.default ? h('span', {class: 'sub'}, '★ default')
        : may('admin') ? h('button', {type: 'button', class: 'quiet', 'data-key': `default ${scheduler.name}`,
          'aria-label': `Make default: ${scheduler.name}`, onClick: () => chooseScheduler(scheduler.name)}, 'Make default') : null,
    ]})))];
  });
}

async function stopNode(id) {
  if (await confirmed(`Stop the node ${id}? Its applications stop with it.`, 'Stop the node')) {
    await attempt(() => call('POST', `/nodes/${encodeURIComponent(id)}:stop`));
  }
}

async function chooseScheduler(name) {
  const reply = await attempt(() => json('PUT', '/scheduler', {name}));
  if (reply) {
    model.schedulers = reply;
    showSchedulers();
  }
}

// --- applications ---

const selectedId = () => location.hash.startsWith('#/apps/') ? decodeURIComponent(location.hash.slice(7)) : null;

function showApps() {
  const selected = selectedId();
  show('apps', [model.apps, selected], () => {
    if (!model.apps.length) {
      return [empty('No applications yet. Submit one: gear submit APP.jar --set input=… --set output=…')];
    }
    return [table('Applications',
        [['Application'], ['State'], ['Bundle'], ['In', 'num'], ['Out', 'num'], ['Rate', 'num'], ['Time', 'num']],
        model.apps.map((app) => ({selected: app.id === selected, cells: [
          h('a', {href: `#/apps/${encodeURIComponent(app.id)}`, 'data-key': app.id,
            'aria-current': app.id === selected ? 'true' : null}, app.id),
          state(app.state),
          h('span', null, app.bundle.name, ' ', h('span', {class: 'sub'}, app.bundle.version)),
          count(app.recordsIn), count(app.recordsOut), app.state === 'RUNNING' ? rate(app.inPerSecond) : '–',
          duration(app.startedAt, app.endedAt) ?? '–',
        ]})))];
  });
}

let loading = false;

async function loadApp() {
  const id = selectedId();
  if (!id) {
    model.app = null;
    showApp();
    return;
  }
  if (loading) return;
  loading = true;
  try {
    const path = `/apps/${encodeURIComponent(id)}`;
    const [app, {savepoints}] = await Promise.all([call('GET', path), call('GET', `${path}/savepoints`)]);
    if (selectedId() === id) {
      model.app = app;
      model.savepoints = savepoints;
    }
  } catch (error) {
    if (error.status === 404) model.app = null;
    if (!(error instanceof Refused) || error.status !== 503) tell(error.message);
  } finally {
    loading = false;
  }
  showApp();
}

function showApp() {
  const app = model.app;
  $('detail').hidden = !app;
  if (!app) return;
  show('h-detail', app.id, () => [app.id]);
  show('d-actions', [app.id, app.state, model.me], () => [
    state(app.state),
    ...(may('operator') && app.state === 'RUNNING' ? [
      h('button', {type: 'button', class: 'quiet', 'data-key': 'savepoint', onClick: () => takeSavepoint(app.id)},
          'Take a savepoint'),
      h('button', {type: 'button', class: 'quiet', 'data-key': 'stop', onClick: () => stopWithSavepoint(app.id)},
          'Stop with a savepoint')] : []),
    may('operator') && !ENDED.includes(app.state)
      ? h('button', {type: 'button', class: 'danger', 'data-key': 'cancel', disabled: app.state === 'CANCELLING',
        onClick: () => cancel(app.id)}, 'Cancel') : null,
    h('a', {href: '#applications', 'data-key': 'close'}, 'Close'),
  ].filter(Boolean));
  show('d-facts', [app.name, app.bundle, app.startedAt, app.endedAt, app.recordsIn, app.recordsOut, app.settings, app.audit, app.clock, app.from, app.checkpoints], () => [
    h('dl', {class: 'facts'}, ...facts([
      ['Name', app.name],
      ['Bundle', `${app.bundle.name} ${app.bundle.version}`],
      ['Submitted', `${time(app.submittedAt)} by ${app.principal}`],
      ['Started from', app.from],
      ['Ran for', duration(app.startedAt, app.endedAt)],
      ['Records in', count(app.recordsIn)],
      ['Records out', count(app.recordsOut)],
      ...checkpoints(app.checkpoints),
      ['Audit', audit(app.audit)],
      ...clock(app.clock),
      ['Scheduler', app.scheduler ?? 'the default'],
      ['Revision', h('span', {class: 'mono', title: app.bundle.digest}, app.bundle.digest.slice(0, 12))],
      ...Object.entries(app.settings).map(([key, value]) => [`Setting ${key}`, h('span', {class: 'mono'}, value)]),
    ])),
  ]);
  showFailure(app.failure);
  showStalls(app.stalls);
  show('d-graph', [app.processors, app.edges], () => app.processors.length
    ? [h('h3', null, 'Graph'), graph(app)] : []);
  show('d-steps', app.processors, () => app.processors.length ? [h('h3', null, 'Steps'), steps(app)] : []);
  showSavepoints(app);
  show('d-placement', app.placement, () => app.placement.length ? [h('h3', null, 'Placement'), placement(app)] : []);
}

/** How checkpoints and restarts stand; of a last one that is older than the app master, the number alone. */
function checkpoints(made) {
  if (!made) return [];
  const last = made.lastAt
    ? `${made.last} at ${time(made.lastAt)}, ${count(made.bytes)} bytes in ${lag(made.durationMs)}` : String(made.last);
  const warn = (n, text) => n ? h('span', {class: 'wait'}, text) : null;
  return [
    ['Last checkpoint', made.last ? last : null],
    ['Checkpoints given up', warn(made.failed, `${made.failed}${made.problem ? `, the last: ${made.problem}` : ''}`)],
    ['Resumed from checkpoint', made.restoredFrom ? String(made.restoredFrom) : null],
    ['Restarts', warn(made.restarts, `${made.restarts}, the last because: ${made.lastFailure}`)],
  ];
}

/** What the audit of all channels has found; in red once a record was lost or came twice. */
function audit(found) {
  if (!found) return null;
  const text = `${count(found.audited)} records audited, ${count(found.lost)} lost, ${count(found.duplicated)} duplicated`;
  return found.lost || found.duplicated ? h('span', {class: 'bad'}, `✕ ${text}`) : text;
}

/** Where the application is in event time, and which task holds it back. */
function clock(at) {
  if (!at || at.watermark === null) return [];
  const waits = {input: ', a split of it has nothing to read', credit: ', waits for those behind it', idle: ', and all are idle'};
  return [
    ['Event time', watermark(at.watermark)],
    ['Behind the newest', lag(at.lagMs)],
    ['Last in event time', at.heldBy ? `${at.heldBy}${waits[at.waiting] ?? ''}` : null],
    ['Holds event time back', at.stalled
      ? h('span', {class: 'bad'}, `✕ ${at.stalled}, for ${duration(at.stalledSince)}`) : null],
  ];
}

function lag(ms) {
  if (ms === null || ms === undefined) return null;
  return ms < 1000 ? `${ms} ms` : duration(0, ms);
}

function showFailure(failure) {
  show('d-failure', failure, () => {
    if (!failure) return [];
    const record = failure.value === null || failure.value === undefined ? null
      : h('span', {class: 'mono'}, failure.value);
    return [h('div', {class: 'failure'},
        h('h3', null, `✕ ${failure.message}`),
        failure.hint ? h('p', null, failure.hint) : null,
        h('dl', {class: 'facts'}, ...facts([
          ['Step', failure.processor], ['Task', failure.task], ['Record', record],
          ['Its time', failure.timestamp === null ? null : time(failure.timestamp)],
        ])),
        failure.stackTrace ? h('pre', {tabindex: '0', 'aria-label': 'Stack trace'}, failure.stackTrace) : null)];
  });
}

/** Tasks that do not come back from the application's code, with the place where they are. */
function showStalls(stalls) {
  show('d-stalls', stalls, () => {
    if (!stalls || !stalls.tasks) return [];
    const more = stalls.tasks - stalls.longest.length;
    return [...stalls.longest.map((stall) => h('div', {class: 'failure'},
        h('h3', null, `✕ Task ${stall.task} does not come back${stall.place ? `; it is at ${stall.place}` : ''}`),
        h('dl', {class: 'facts'}, ...facts([['Since', time(stall.since)]])),
        h('pre', {tabindex: '0', 'aria-label': `Stack of ${stall.task}`}, stall.stackTrace))),
    more > 0 ? h('p', null, `${count(more)} more tasks do not come back.`) : null].filter(Boolean);
  });
}

function steps(app) {
  return h('div', {class: 'steps-scroll'}, table('Steps',
      [['Step'], ['Kind'], ['Tasks', 'num'], ['In', 'num'], ['Out', 'num'], ['In rate', 'num'], ['Out rate', 'num'],
        ['Busy', 'num'], ['Blocked', 'num'], ['To it: p50, p99, max', 'num'], ['Late', 'num'], ['Lag', 'num'], ['Watermark', 'num'], ['To']],
      app.processors.map((step) => ({cells: [
        step.id, step.kind.toLowerCase(), String(step.parallelism), count(step.recordsIn), count(step.recordsOut),
        rate(step.inPerSecond), rate(step.outPerSecond), percent(step.busyPercent), percent(step.blockedPercent),
        hop(step.latency), late(step), lag(step.lagMs) ?? '–', watermark(step.watermark),
        app.edges.filter((edge) => edge.from === step.id).map((edge) => `${edge.to} (${edge.partitioner})`).join(', ') || '–',
      ]}))));
}

/** How long records take to a step from the tasks before it. */
function hop(latency) {
  if (!latency) return '–';
  const text = (us) => us < 1000 ? `${Math.round(us)} µs` : lag(Math.round(us / 1000));
  return `${text(latency.p50Us)}, ${text(latency.p99Us)}, ${text(latency.maxUs)}`;
}

/** Records too late for any window; dropped ones have nowhere to go. */
function late(step) {
  if (!step.recordsLate) return '–';
  return step.recordsDropped
    ? h('span', {class: 'bad'}, `${count(step.recordsLate)} (${count(step.recordsDropped)} dropped)`)
    : count(step.recordsLate);
}

/** The greatest and the least watermark stand for the end and the beginning of time. */
function watermark(value) {
  if (value === null || value === undefined) return '–';
  if (value >= 9e18) return 'end';
  return Math.abs(value) > 8.64e15 ? '–' : new Date(value).toISOString().replace('T', ' ').slice(0, 19);
}

function placement(app) {
  return table('Placement', [['Slice', 'num'], ['Decision'], ['Worker'], ['Reason'], ['Scheduler']],
      app.placement.map((slice) => ({cells: [
        String(slice.slice), state(slice.decision), slice.worker ?? '–', slice.reason, slice.scheduler,
      ]})));
}

function showSavepoints(app) {
  show('d-savepoints', [app.id, model.savepoints, model.me], () => model.savepoints.length ? [
    h('h3', null, 'Savepoints'),
    table('Savepoints', [['Number', 'num'], ['Label'], ['State'], ['Taken'], ['By'], ['Bytes', 'num'], ['Actions', 'actions-cell']],
        model.savepoints.map((savepoint) => ({cells: [
          String(savepoint.number), savepoint.label ?? '–',
          h('span', null, state(savepoint.state), savepoint.problem ? h('div', {class: 'sub'}, savepoint.problem) : null),
          time(savepoint.at) ?? '–', savepoint.principal ?? '–',
          savepoint.state === 'STANDING' ? count(savepoint.bytes) : '–',
          may('operator') && savepoint.state === 'STANDING' ? h('button', {type: 'button', class: 'danger',
            'data-key': `savepoint ${savepoint.number}`, 'aria-label': `Delete savepoint ${savepoint.number}`,
            onClick: () => deleteSavepoint(app.id, savepoint.number)}, 'Delete') : null,
        ]}))),
    h('p', {class: 'sub'}, `Start from one: gear submit APP --from ${app.id}/NUMBER`)] : []);
}

async function takeSavepoint(id) {
  await attempt(() => json('POST', `/apps/${encodeURIComponent(id)}/savepoints`, {}));
  await loadApp();
}

async function stopWithSavepoint(id) {
  if (await confirmed(`Stop ${id}? Its state is kept in a savepoint.`, 'Stop the application')) {
    await attempt(() => json('POST', `/apps/${encodeURIComponent(id)}:stop`, {}));
    await loadApp();
  }
}

async function deleteSavepoint(id, number) {
  if (await confirmed(`Delete savepoint ${number} of ${id}? Nothing can be started from it then.`, 'Delete the savepoint')) {
    await attempt(() => call('DELETE', `/apps/${encodeURIComponent(id)}/savepoints/${number}`));
    await loadApp();
  }
}

async function cancel(id) {
  if (await confirmed(`Cancel ${id}? What it has not published is lost.`, 'Cancel the application')) {
    await attempt(() => call('POST', `/apps/${encodeURIComponent(id)}:cancel`));
    await loadApp();
  }
}

// --- the graph: layers from left to right ---

const BOX = {width: 168, height: 64, gapX: 92, gapY: 22, margin: 8};

/** The layer of each step: one more than that of its farthest predecessor. */
function layers(app) {
  const layer = new Map(app.processors.map((step) => [step.id, 0]));
  for (let round = 0; round < app.processors.length; round++) {
    for (const edge of app.edges) {
      if (layer.has(edge.from) && layer.has(edge.to)) {
        layer.set(edge.to, Math.max(layer.get(edge.to), layer.get(edge.from) + 1));
      }
    }
  }
  const columns = [];
  for (const step of app.processors) {
    (columns[Math.min(layer.get(step.id), app.processors.length)] ??= []).push(step);
  }
  return columns.filter(Boolean);
}

function cut(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function graph(app) {
  const columns = layers(app);
  const tallest = Math.max(...columns.map((column) => column.length));
  const height = tallest * (BOX.height + BOX.gapY) - BOX.gapY + 2 * BOX.margin;
  const width = columns.length * (BOX.width + BOX.gapX) - BOX.gapX + 2 * BOX.margin;
  const at = new Map();
  columns.forEach((column, x) => column.forEach((step, y) => {
    const free = height - 2 * BOX.margin - column.length * (BOX.height + BOX.gapY) + BOX.gapY;
    at.set(step.id, {
      x: BOX.margin + x * (BOX.width + BOX.gapX),
      y: BOX.margin + free / 2 + y * (BOX.height + BOX.gapY),
    });
  }));
  const picture = s('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img',
    'aria-label': `Graph of ${app.processors.length} steps and ${app.edges.length} edges; the table of steps says the same`});
  for (const edge of app.edges) {
    if (at.has(edge.from) && at.has(edge.to)) drawEdge(picture, edge, at.get(edge.from), at.get(edge.to));
  }
  for (const step of app.processors) drawStep(picture, step, at.get(step.id), ENDED.includes(app.state));
  return h('div', {class: 'graph', tabindex: '0', role: 'group', 'aria-label': 'Graph, scrolls sideways'}, picture);
}

function drawEdge(picture, edge, from, to) {
  const x1 = from.x + BOX.width;
  const y1 = from.y + BOX.height / 2;
  const x2 = to.x - 6;
  const y2 = to.y + BOX.height / 2;
  const bend = Math.max(30, (x2 - x1) / 2);
  picture.append(
      s('path', {class: 'edge', d: `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`}),
      s('path', {class: 'head', d: `M${x2 + 6},${y2} l-8,-4 v8 z`}),
      s('text', {class: 'e', x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 5, 'text-anchor': 'middle'}, edge.partitioner));
}

function drawStep(picture, step, place, ended) {
  const group = s('g', {class: step.kind, transform: `translate(${place.x},${place.y})`});
  const flow = step.kind === 'SOURCE' ? step.outPerSecond : step.inPerSecond;
  const total = step.kind === 'SOURCE' ? step.recordsOut : step.recordsIn;
  group.append(
      s('title', {}, step.id),
      s('rect', {width: BOX.width, height: BOX.height, rx: 7}),
      s('text', {class: 't', x: 12, y: 21}, cut(step.id, 20)),
      s('text', {class: 's', x: 12, y: 38}, `${step.kind.toLowerCase()} × ${step.parallelism}`),
      s('text', {x: 12, y: 54}, ended ? `${count(total)} records` : `${rate(flow)} · busy ${percent(step.busyPercent)}`));
  picture.append(group);
}

// --- bundles ---

function showBundles() {
  show('bundle-list', [model.bundles, model.me], () => {
    if (!model.bundles.length) return [empty('No bundles are deployed. Put a jar into deploy/, or: gear deploy BUNDLE.jar')];
    return [table('Bundles', [['Bundle'], ['State'], ['Holds'], ['Used by'], ['Actions', 'actions-cell']], model.bundles.map((bundle) => ({cells: [
      h('span', null, bundle.name, ' ', h('span', {class: 'sub'}, bundle.version ?? ''),
          h('div', {class: 'sub'}, bundle.origin, bundle.digest ? ` · ${bundle.digest.slice(0, 12)}` : '')),
      h('span', null, state(bundle.state), ...errors(bundle)),
      [...bundle.applications.map((name) => `application ${name}`),
        ...bundle.schedulers.map((name) => `scheduler ${name}`)].join(', ') || '–',
      bundle.usedBy.join(', ') || '–',
      may('admin') ? h('button', {type: 'button', class: 'danger', 'data-key': `undeploy ${bundle.name}`,
        'aria-label': `Undeploy ${bundle.name}`, onClick: () => undeploy(bundle)}, 'Undeploy') : null,
    ]})))];
  });
}

function errors(bundle) {
  const found = bundle.nodes.filter((on) => on.error && on.error !== bundle.error)
      .map((on) => `${on.node}: ${on.error}`);
  return [bundle.error, ...found].filter(Boolean).map((text) => h('div', {class: 'sub'}, text));
}

async function undeploy(bundle) {
  const users = bundle.usedBy.length ? ` ${bundle.usedBy.join(', ')} keeps running with the revision it has.` : '';
  if (await confirmed(`Undeploy ${bundle.name}?${users}`, 'Undeploy')) {
    await attempt(() => call('DELETE', `/bundles/${encodeURIComponent(bundle.name)}`));
    await refresh('bundles');
  }
}

async function upload(event) {
  event.preventDefault();
  const file = $('file').files[0];
  if (!file) return;
  $('uploading').textContent = `Deploying ${file.name} (${count(file.size)}B) …`;
  const bundle = await attempt(() => call('POST', '/bundles', file,
      {'Content-Type': 'application/java-archive', 'X-File-Name': file.name.replace(/[^\x20-\x7e]/g, '_')}));
  $('uploading').textContent = bundle ? `${bundle.name} ${bundle.version ?? ''} is deployed.` : '';
  if (bundle) $('upload').reset();
  await refresh('bundles');
}

async function refresh(name) {
  const reply = await attempt(() => call('GET', `/${name}`));
  if (reply) update(name, reply);
}

// --- life ---

function update(name, data) {
  if (name === 'cluster') {
    model.cluster = data;
    showCluster();
    loadSlow();
  } else if (name === 'apps') {
    model.apps = data.apps;
    showApps();
    loadApp();
  } else if (name === 'bundles') {
    model.bundles = data.bundles;
    showBundles();
    loadSlow();
  }
}

/** What has no event of its own, and changes when the cluster or the bundles do. */
async function loadSlow() {
  try {
    model.nodes = (await call('GET', '/nodes')).nodes;
    model.schedulers = await call('GET', '/schedulers');
  } catch {
    return;
  }
  showNodes();
  showSchedulers();
}

function connection(kind, text) {
  $('connection').className = `connection ${kind}`;
  if ($('connection').textContent !== text) $('connection').textContent = text;
}

function listen() {
  const events = new EventSource(`${API}/events`);
  events.addEventListener('open', () => connection('live', 'live'));
  for (const name of ['cluster', 'apps', 'bundles']) {
    events.addEventListener(name, (event) => update(name, JSON.parse(event.data)));
  }
  events.addEventListener('problem', (event) => {
    const problem = JSON.parse(event.data);
    if (problem.detail) connection('lost', 'no master');
    else connection('live', 'live');
  });
  events.addEventListener('error', () => {
    connection('lost', 'connection lost, trying again');
    if (events.readyState === EventSource.CLOSED) {
      events.close();
      setTimeout(start, 5000);
    }
  });
  addEventListener('pagehide', () => events.close(), {once: true});
}

async function start() {
  try {
    model.me = await call('GET', '/me');
  } catch (error) {
    if (error.status !== 401) setTimeout(start, 5000);
    return;
  }
  $('me').textContent = `${model.me.principal} (${model.me.role})`;
  $('upload').hidden = !may('admin');
  $('framework').hidden = !may('admin');
  showCluster();
  showApps();
  showBundles();
  listen();
  loadApp();
}

addEventListener('hashchange', async () => {
  showApps();
  if (!selectedId()) {
    await loadApp();
    return;
  }
  await loadApp();
  if (model.app) $('h-detail').focus();
  $('detail').scrollIntoView({block: 'start'});
});
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
$('upload').addEventListener('submit', upload);
$('logout').addEventListener('click', async () => {
  await attempt(() => call('DELETE', '/session'));
  location.reload();
});
start();
