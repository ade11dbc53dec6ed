// Renews the page as files are saved: the least that changed, in place. Part of the preview only;
// a published site holds none of it.
"use strict";
(() => {
  const loaded = Number(document.currentScript.dataset.version);
  let version = loaded;
  // Whether all files of that version were there when it was asked for last.
  let whole = true;
  // As the server sent it: the page's own scripts may have added to it since.
  let sent = load().then((page) => (page.version === version ? page.main : null));
  let busy = Promise.resolve();
  const OPEN = "roadbook:open";
  addEventListener("DOMContentLoaded", reopen);

  const page = encodeURIComponent(decodeURIComponent(location.pathname));
  const events = new EventSource(`/__roadbook/events?page=${page}`);
  events.onmessage = (event) => {
    const status = JSON.parse(event.data);
    busy = busy.then(() => renew(status)).catch(reload);
    show(status.problems);
  };

  async function renew(newest) {
    if (newest.version === version && newest.whole === whole) return;
    whole = newest.whole;
    const answer = await fetch(`/__roadbook/change?page=${page}&loaded=${loaded}&renewed=${version}`);
    const { renewal } = await answer.json();
    if (renewal === "page") return reload();
    if (renewal === "main") await renewMain();
    if (renewal !== "nothing") renewStyles();
    version = newest.version;
  }

  async function load() {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const script = page.querySelector("script[data-version]");
    return { version: Number(script?.dataset.version), main: page.querySelector("main"), title: page.title };
  }

  function reload() {
    const open = [...document.querySelectorAll("main details[open]")].map(nameOf);
    sessionStorage.setItem(OPEN, JSON.stringify([location.pathname, open]));
    // Browsers go back to where the reader was.
    location.reload();
  }

  function reopen() {
    const [page, open] = JSON.parse(sessionStorage.getItem(OPEN) ?? "[]");
    sessionStorage.removeItem(OPEN);
    if (page !== location.pathname) return;
    for (const details of document.querySelectorAll("main details")) {
      if (open.includes(nameOf(details))) details.open = true;
    }
  }

  function nameOf(details) {
    return details.id || details.querySelector("summary")?.textContent || "";
  }

  // Puts the blocks that differ into their places. The rest stays as it is, ticks, scripts and open
  // panels included; where something that scripts live in has changed, the page loads again.
  async function renewMain() {
    const before = await sent;
    const { main: after, title } = await load();
    const main = document.querySelector("main");
    if (!before || !after || !main) return reload();
    const edits = [];
    compare(before, after, edits);
    for (const edit of edits) edit.parent = locate(edit.within, before, main);
    for (const edit of edits) {
      const live = edit.removed.map((element) => locate(element, before, main));
      const next = edit.next && locate(edit.next, before, main);
      const lives = [...edit.removed, ...edit.inserted].some(
        (element) => element.matches(LIVES) || element.querySelector(LIVES),
      );
      if (lives || !edit.parent || live.includes(undefined) || (edit.next && !next)) return reload();
      Object.assign(edit, { live, anchor: live[0] ?? next ?? null });
    }
    for (const { live, inserted, parent, anchor } of edits) {
      const place = anchor?.parentNode ?? parent;
      for (const element of inserted) place.insertBefore(document.importNode(element, true), anchor);
      for (const element of live) element.remove();
    }
    document.title = title;
    sent = Promise.resolve(after);
  }

  const LIVES = "input, button, progress, [data-item], [data-count-for], script";

  // The smallest runs of elements in which two trees differ.
  function compare(old, fresh, edits) {
    if (old.isEqualNode(fresh)) return;
    const [a, b] = [[...old.children], [...fresh.children]];
    let start = 0;
    while (start < a.length && start < b.length && a[start].isEqualNode(b[start])) start += 1;
    let end = 0;
    while (end < Math.min(a.length, b.length) - start && a.at(-1 - end).isEqualNode(b.at(-1 - end))) end += 1;
    const removed = a.slice(start, a.length - end);
    const inserted = b.slice(start, b.length - end);
    if (removed.length === 1 && inserted.length === 1 && isFrame(removed[0], inserted[0])) {
      return compare(removed[0], inserted[0], edits);
    }
    edits.push({ within: old, removed, inserted, next: a[a.length - end] });
  }

  // Whether two elements hold blocks alone and differ only in these.
  function isFrame(old, fresh) {
    const holdsText = (element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return !holdsText(old) && !holdsText(fresh) && old.children.length > 0
      && old.cloneNode().isEqualNode(fresh.cloneNode());
  }

  // The element of the page that was sent as `element`.
  function locate(element, before, main) {
    if (element === before) return main;
    const same = (other) => other.id === element.id && other.textContent === element.textContent;
    const those = (root) => [...root.querySelectorAll(element.localName)].filter(same);
    const [asSent, asShown] = [those(before), those(main)];
    if (asSent.length === asShown.length && asSent.length > 0) return asShown[asSent.indexOf(element)];
    // A frame to which scripts have added: the same number of its kind is enough.
    const kind = (root) => [...root.querySelectorAll(element.localName)].filter((other) => other.className === element.className);
    const [sentOfKind, shownOfKind] = [kind(before), kind(main)];
    return sentOfKind.length === shownOfKind.length ? shownOfKind[sentOfKind.indexOf(element)] : undefined;
  }

  function renewStyles() {
    for (const old of document.querySelectorAll("link[rel=stylesheet]")) {
      const link = old.cloneNode();
      const address = new URL(old.href);
      address.searchParams.set("renewed", String(Date.now()));
      link.href = address.href;
      // The old one goes when the new one is there, so that nothing flashes.
      link.onload = () => old.remove();
      old.after(link);
    }
  }

  let panel;
  let closed = "";

  function show(problems) {
    panel?.remove();
    panel = undefined;
    const state = JSON.stringify(problems);
    const errors = problems.some((problem) => problem.severity === "error");
    // Warnings stay in the terminal: the page is whole.
    if (!errors || state === closed) return;
    panel = part("section", {
      position: "fixed", inset: "auto 0 0 0", maxHeight: "60vh", overflow: "auto", zIndex: "2147483647",
      background: "#1d1f24", color: "#f2f2f2", font: "15px/1.5 system-ui, sans-serif",
      padding: "16px 24px", borderTop: "4px solid #ff6b6b", textAlign: "left",
    });
    panel.setAttribute("role", "alert");
    panel.setAttribute("lang", "en");
    const close = part("button", {
      float: "right", font: "inherit", color: "inherit", background: "#3a3d45", border: "0",
      borderRadius: "4px", padding: "4px 12px", cursor: "pointer",
    }, "Hide");
    close.onclick = () => {
      closed = state;
      panel.remove();
    };
    panel.append(close, part("strong", {}, "This is the last good state"));
    for (const problem of problems) panel.append(entry(problem));
    document.body.append(panel);
  }

  function entry(problem) {
    const box = part("div", { margin: "12px 0 0" });
    const code = problem.code ? `[${problem.code}]` : "";
    box.append(part("div", { fontWeight: "600" }, `${problem.severity}${code}: ${problem.message}`));
    if (problem.place) {
      const place = part(problem.open ? "a" : "span", { color: "#9ecbff" }, problem.place);
      if (problem.open) place.href = problem.open;
      box.append(place);
    }
    if (problem.line) {
      box.append(part("pre", {
        margin: "4px 0", padding: "6px 10px", background: "#2b2e35", color: "inherit",
        overflow: "auto", font: "13px/1.5 ui-monospace, monospace",
      }, problem.line));
    }
    box.append(part("div", { color: "#c9ccd3" }, problem.help));
    return box;
  }

  // The page's policy forbids style attributes, but not what a script sets.
  function part(name, style, text) {
    const element = document.createElement(name);
    Object.assign(element.style, style);
    if (text) element.textContent = text;
    return element;
  }
})();
