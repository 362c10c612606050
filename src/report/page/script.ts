/**
 * What a page can do beyond being read: search, moving by keys, opening all, another theme. Nothing of it is needed to
 * read the page. Nothing in it comes from elsewhere.
 */
export const pageScript: string = `"use strict";
(() => {
const all = (selector) => [...document.querySelectorAll(selector)];
const root = document.documentElement;
const find = document.getElementById("find");
const found = document.getElementById("found");
all("[data-scripted]").forEach((tool) => tool.hidden = false);

const keep = (name, value) => { try { localStorage.setItem(name, value); } catch {} };
const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const theme = document.getElementById("theme");
const themes = ["", "light", "dark"];
const setTheme = (name) => {
  if (name === "") delete root.dataset.theme; else root.dataset.theme = name;
  theme.textContent = "Theme: " + (name || "as the system");
};
setTheme(themes.includes(kept("await-aws-theme")) ? kept("await-aws-theme") : "");
theme.addEventListener("click", () => {
  const next = themes[(themes.indexOf(root.dataset.theme || "") + 1) % themes.length];
  keep("await-aws-theme", next);
  setTheme(next);
});

const items = all("[data-item]");
const boxes = all(".graph .box");
const groups = all("details.more, details.service");
let texts, before;
const textsOf = () => {
  const found = new Map(boxes.map((box) => [box, box.textContent.toLowerCase()]));
  for (const item of items) {
    const parts = [...item.querySelectorAll("summary, :scope > a, :scope > .id, :scope > .muted, .diff, .path, pre, .advice")];
    const text = parts.map((part) => part.textContent).join(" ").toLowerCase();
    found.set(item.dataset.item, (found.get(item.dataset.item) ?? "") + " " + text);
  }
  return found;
};
const search = () => {
  const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
  texts ??= textsOf();
  const fits = (item) => words.every((word) => texts.get(item.dataset.item ?? item).includes(word));
  items.forEach((item) => item.classList.toggle("off", !fits(item)));
  boxes.forEach((box) => box.classList.toggle("dim", !fits(box)));
  if (words.length > 0) {
    before ??= groups.map((group) => group.open);
    groups.forEach((group) => { if (group.querySelector("[data-item]:not(.off)")) group.open = true; });
  } else if (before) {
    groups.forEach((group, i) => { group.open = before[i]; });
    before = undefined;
  }
  const names = new Set(items.filter((item) => !item.classList.contains("off")).map((item) => item.dataset.item));
  found.textContent = words.length === 0 ? "" : names.size === 0 ? "none found" : names.size + " found";
};
find.addEventListener("input", search);

const toggle = document.getElementById("open-all");
const changes = all("details.change");
toggle.addEventListener("click", () => {
  const open = toggle.getAttribute("aria-pressed") !== "true";
  changes.forEach((change) => { change.open = open; });
  toggle.setAttribute("aria-pressed", String(open));
});
if (changes.length === 0) toggle.hidden = true;

const isShown = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
const move = (by) => {
  const stops = all("details.change > summary").filter(isShown);
  if (stops.length === 0) return;
  const at = stops.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(stops.length - 1, Math.max(0, at + by));
  stops[next].focus();
  stops[next].scrollIntoView({ block: "center" });
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && document.activeElement === find) { find.value = ""; search(); find.blur(); return; }
  if (event.target instanceof HTMLInputElement) return;
  if (event.key === "/") { event.preventDefault(); find.focus(); find.select(); }
  else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
});

const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", reveal);
reveal();

let closed = [];
addEventListener("beforeprint", () => {
  closed = all("details:not([open])");
  closed.forEach((details) => { details.open = true; });
});
addEventListener("afterprint", () => closed.forEach((details) => { details.open = false; }));
})();
`;
