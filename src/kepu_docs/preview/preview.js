// Follows the record: asks for the page again after each save, and puts what has changed in its place.
"use strict";

const root = document.documentElement;
let wanted = root.dataset.version;
let busy = false;
let again = false;
let events = null;

/** Asks for the page of this address, and shows it; what is asked for meanwhile is shown after. */
async function show() {
  again = true;
  if (busy) return;
  busy = true;
  try {
    while (again) {
      again = false;
      const answer = await fetch(location.href, { cache: "no-store" });
      if (!answer.ok) return;
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      await keepFocus(() => put(next));
      if (wanted !== root.dataset.version && !again) again = await changed();
    }
  } catch {
    // The server is gone; the stream of events says so.
  } finally {
    busy = false;
  }
}

/** The page that was shown may be older than the last event: one more look, not at once. */
async function changed() {
  await new Promise((done) => setTimeout(done, 100));
  return wanted !== root.dataset.version;
}

async function put(next) {
  const papers = document.getElementById("papers");
  const fresh = document.importNode(next.getElementById("papers"), true);
  if (key(papers) !== key(fresh)) await putPapers(papers, fresh);
  putSide(document.getElementById("side"), document.importNode(next.getElementById("side"), true));
  document.title = next.title;
  root.lang = next.documentElement.lang;
  Object.assign(root.dataset, next.documentElement.dataset);
  pin();
}

/** The record that is shown stays so, whatever comes before it. */
function pin() {
  if (new URLSearchParams(location.search).get("record") || !root.dataset.address) return;
  history.replaceState(null, "", `?${root.dataset.address}`);
}

/** Replaces those parts of the side that have changed: somebody may be about to click on the others, or stand on them. */
function putSide(side, fresh) {
  const place = side.scrollTop;
  const known = [...side.children];
  const next = [...fresh.children].map((each) => known.find((old) => old.isEqualNode(each)) ?? each);
  known.filter((each) => !next.includes(each)).forEach((each) => each.remove());
  next.forEach((each, at) => side.children[at] === each || side.insertBefore(each, side.children[at] ?? null));
  side.scrollTop = place;
}

/** Does what takes elements away, and puts the focus on what has come for the one that had it. */
async function keepFocus(change) {
  const had = document.activeElement;
  const part = had.closest("[id]")?.id;
  await change();
  if (!part || had.isConnected || document.activeElement !== document.body) return;
  const among = document.getElementById(part) ?? document.getElementById("side");
  const link = had.href && [...among.querySelectorAll("a")].find((each) => each.href === had.href);
  (link || among.closest("[tabindex]"))?.focus({ preventScroll: true });
}

function key(papers) {
  return [...papers.children].map((each) => each.id + each.dataset.digest + each.dataset.old + each.ariaLabel).join(" ");
}

/** Replaces the papers once what is seen of the new ones can be drawn, each at the place to which it was scrolled. */
async function putPapers(papers, fresh) {
  fresh.classList.add("waiting");
  papers.after(fresh);
  await Promise.all([...fresh.querySelectorAll("iframe")].map(loaded));
  fresh.querySelectorAll("iframe").forEach(fit);
  carryPlaces(papers, fresh);
  const seen = [...fresh.querySelectorAll("img")].filter(isSeen);
  await Promise.all(seen.map((image) => image.decode().catch(() => {})));
  carryPlaces(papers, fresh);
  papers.remove();
  fresh.classList.remove("waiting");
}

function carryPlaces(papers, fresh) {
  for (const each of fresh.children) each.scrollTop = papers.querySelector(`#${each.id}`)?.scrollTop ?? 0;
}

function isSeen(image) {
  const { top, bottom } = image.getBoundingClientRect();
  return bottom >= 0 && top <= window.innerHeight;
}

function loaded(frame) {
  const isThere = () => frame.contentDocument?.URL !== "about:blank" && frame.contentDocument?.readyState === "complete";
  return isThere() ? null : new Promise((done) => frame.addEventListener("load", done, { once: true }));
}

/** Gives a frame the height of its page, so that it is scrolled with the paper around it. */
function fit(frame) {
  if (!frame?.contentDocument?.body) return;
  frame.style.height = "0";
  frame.style.height = `${frame.contentDocument.documentElement.scrollHeight}px`;
}

function fitAll() {
  document.querySelectorAll("iframe").forEach(async (frame) => {
    await loaded(frame);
    fit(frame);
  });
}

function follow() {
  events?.close();
  events = null;
  const stopped = document.getElementById("stopped");
  if (document.hidden) return; // a browser has few connections for all its tabs
  events = new EventSource("events");
  events.addEventListener("version", (event) => {
    stopped.hidden = true;
    wanted = event.data;
    if (wanted !== root.dataset.version) show();
  });
  events.addEventListener("error", () => {
    stopped.hidden = false;
    if (events?.readyState === EventSource.CLOSED) setTimeout(follow, 2000);
  });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-here]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
});
window.addEventListener("popstate", show);
window.addEventListener("resize", fitAll);
document.addEventListener("visibilitychange", follow);
fitAll();
pin();
follow();
