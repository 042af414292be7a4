'use strict';
// Every request that htmx sends carries the token that proves it came from one of this server's pages.
document.addEventListener('htmx:configRequest', (event) => {
  const csrf = document.querySelector('meta[name=csrf]');
  if (csrf) event.detail.headers[csrf.dataset.header] = csrf.content;
});

// What is refreshed rests while nobody looks, and is fetched at once when somebody does again.
document.addEventListener('htmx:beforeRequest', (event) => {
  if (document.hidden && event.detail.elt.hasAttribute('data-poll')) event.preventDefault();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) document.querySelectorAll('[data-poll]').forEach((part) => htmx.trigger(part, 'refresh'));
});
// The same answer again changes nothing, so that nothing is read out twice and nobody loses the place.
const lastAnswers = new WeakMap();
document.addEventListener('htmx:beforeSwap', (event) => {
  const part = event.detail.target;
  if (!part.hasAttribute('data-poll')) return;
  if (event.detail.xhr.responseURL.includes('/sign-in')) {
    event.detail.shouldSwap = false;
    location.reload();
  } else if (lastAnswers.get(part) === event.detail.serverResponse) {
    event.detail.shouldSwap = false;
  } else {
    lastAnswers.set(part, event.detail.serverResponse);
  }
});

// Charts: drawn from what this node has seen; each has its values as a table too.
const drawCharts = (place) => {
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const dashes = { solid: [], dashed: [8, 4], dotted: [2, 3] };
  const drawn = new Map();
  let latest = null;
  const figure = (number) => (number === null ? '–' : number.toLocaleString('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 }));
  const fill = (table, chart, times) => {
    const body = table.tBodies[0];
    body.replaceChildren();
    times.slice(-24).forEach((time, at) => {
      const row = body.insertRow();
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = time;
      row.append(head);
      chart.lines.forEach((line) => {
        const cell = row.insertCell();
        cell.className = 'number';
        cell.textContent = figure(line.values.slice(-24)[at]);
      });
    });
  };
  const show = (series) => {
    latest = series;
    series.charts.forEach((chart) => draw(chart, series));
  };
  const draw = (chart, series) => {
    const part = place.querySelector(`[data-chart="${chart.name}"]`);
    const style = getComputedStyle(document.documentElement);
    const tones = scheme.matches ? ['#ffb74d', '#64b5f6'] : ['#b35900', '#0d47a1'];
    const text = style.getPropertyValue('--pico-color').trim();
    const grid = style.getPropertyValue('--pico-muted-border-color').trim();
    const without = chart.lines.every((line) => line.values.every((value) => value === null));
    part.classList.toggle('without', without);
    fill(part.querySelector('table'), chart, series.times);
    if (without) return;
    const datasets = chart.lines.map((line) => ({
      label: line.label, data: line.values, borderColor: tones[line.tone], backgroundColor: tones[line.tone],
      borderDash: dashes[line.style], borderWidth: 2, pointRadius: series.times.length > 1 ? 0 : 3, spanGaps: true,
    }));
    const known = drawn.get(chart.name);
    if (known) {
      known.data = { labels: series.times, datasets };
      known.update('none');
      return;
    }
    drawn.set(chart.name, new Chart(part.querySelector('canvas'), {
      type: 'line',
      data: { labels: series.times, datasets },
      options: {
        animation: false, maintainAspectRatio: false, interaction: { mode: 'index', intersect: false },
        plugins: { legend: { labels: { color: text, boxHeight: 0, boxWidth: 40 } } },
        scales: {
          x: { ticks: { color: text, maxTicksLimit: 6, maxRotation: 0 }, grid: { color: grid } },
          y: { beginAtZero: true, ticks: { color: text, maxTicksLimit: 6 }, grid: { color: grid } },
        },
      },
    }));
  };
  scheme.addEventListener('change', () => {
    drawn.forEach((chart) => chart.destroy());
    drawn.clear();
    if (latest) show(latest);
  });
  const load = () => {
    if (document.hidden) return;
    fetch(place.dataset.series, { headers: { Accept: 'application/json' } })
      .then((answer) => (answer.ok && !answer.redirected ? answer.json().then(show) : null))
      .catch(() => null); // the next look comes soon, and what is drawn stays
  };
  load();
  setInterval(load, 5000);
};
document.addEventListener('DOMContentLoaded', () => {
  const place = document.querySelector('[data-series]');
  if (place) drawCharts(place);
});
