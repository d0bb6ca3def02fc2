// See docs/protocols.md
{
  const { src, dataset } = document.currentScript;
  const to = new URL(`/beacon/${dataset.service}?key=${dataset.key}`, src);
  sessionStorage.weir ||= Math.random().toString(36).slice(2);
  let vitals = {};
  let queue = [];
  let page;

  const put = (e, fields) => queue.push({ e, u: location.href, i: sessionStorage.weir, ...fields, a: Date.now() });
  const send = () => {
    const now = Date.now();
    if (queue[0]) navigator.sendBeacon(to, JSON.stringify(queue.map((event) => ({ ...event, a: now - event.a }))));
    queue = [];
  };
  const view = () => {
    if (page === location.pathname) return;
    put("view", { r: page ? "" : document.referrer, t: document.title, l: navigator.language, w: innerWidth });
    page = location.pathname;
    setTimeout(send, 999);
  };
  const fail = (error, f, n) => queue[49] || put("error", { m: `${error?.message ?? error}`, s: error?.stack, f, n });
  const watch = (type, each) =>
    new PerformanceObserver((list) => list.getEntries().map(each)).observe({
      type,
      buffered: true,
      durationThreshold: 40,
    });

  addEventListener("error", (event) => fail(event.error ?? event.message, event.filename, event.lineno));
  addEventListener("unhandledrejection", (event) => fail(event.reason));
  addEventListener("popstate", view);
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    for (const m in vitals) put("vital", { m, v: vitals[m] });
    vitals = {};
    send();
  });
  const { pushState } = history;
  history.pushState = (...args) => {
    pushState.apply(history, args);
    view();
  };
  window.weir = put;
  view();

  watch("navigation", (entry) => {
    vitals.TTFB = entry.responseStart;
  });
  watch("largest-contentful-paint", (entry) => {
    vitals.LCP = entry.startTime;
  });
  watch("layout-shift", (entry) => {
    vitals.CLS = (vitals.CLS ?? 0) + (entry.hadRecentInput ? 0 : entry.value);
  });
  watch("event", (entry) => {
    vitals.INP = Math.max(vitals.INP ?? 0, entry.interactionId && entry.duration);
  });
}
