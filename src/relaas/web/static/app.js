// Keys, selection of words, theme. Every page works without this file; nothing is loaded by it.
"use strict";

const steps = () => [...document.querySelectorAll("[data-step]")].filter((one) => one.getClientRects().length);
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

// Keys: those that elements name, and j and k to go through the claims of a page.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "j" || event.key === "k") {
    const all = steps();
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? nearest(all, event.key === "j") : all[at + (event.key === "j" ? 1 : -1)];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: "nearest" });
      event.preventDefault();
    }
    return;
  }
  const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!named || event.repeat) return;
  event.preventDefault();
  if (named.matches("input")) named.focus();
  else named.click();
});

// Where nothing has the focus, the first claim in sight, or the one before it.
function nearest(all, down) {
  const seen = all.findIndex((one) => one.getBoundingClientRect().top >= 0);
  return seen < 0 ? all.at(-1) : all[down ? seen : Math.max(0, seen - 1)];
}

// Words: a selection in the report's text fills the field that was last gone to, with the offset in code points.
let field = document.querySelector("[data-words]");
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-words]")) {
    document.querySelectorAll(".taking").forEach((one) => one.classList.remove("taking"));
    field = event.target;
    field.classList.add("taking");
  }
});
const startOf = (one) => (one.dataset.words ? one.form?.elements.namedItem(one.dataset.words) : null);
document.addEventListener("input", (event) => {
  const start = event.target.matches?.("[data-words]") && startOf(event.target);
  if (start) start.value = "";
});
const offset = (node, at) => {
  const span = (node.nodeType === 3 ? node.parentElement : node).closest("[data-s]");
  return span && Number(span.dataset.s) + [...span.textContent.slice(0, node.nodeType === 3 ? at : 0)].length;
};
function take() {
  const chosen = document.getSelection();
  if (!field || !chosen || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const text = range.startContainer.parentElement?.closest("[data-select]");
  if (!text || !text.contains(range.endContainer)) return;
  const words = range.toString();
  const lead = words.length - words.trimStart().length;
  const start = offset(range.startContainer, range.startOffset);
  field.value = words.trim();
  if (startOf(field) && start !== null) startOf(field).value = String(start + [...words.slice(0, lead)].length);
}
document.querySelectorAll("[data-select]").forEach((text) => {
  text.addEventListener("mouseup", () => setTimeout(take));
  text.addEventListener("keyup", take);
  text.addEventListener("touchend", () => setTimeout(take));
});

// Theme: from the system's to its opposite, and back; kept in this browser.
const theme = document.getElementById("theme");
if (theme) {
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try { localStorage.setItem("theme", next); } catch { /* not kept, then */ }
  });
}

const keys = document.getElementById("keys");
const open = document.getElementById("keys-open");
if (keys && open) {
  open.hidden = false;
  open.addEventListener("click", () => keys.showModal());
}

// Fields that say nothing stay out of the address.
document.querySelectorAll('form:not([method="post"])').forEach((form) => {
  form.addEventListener("submit", () => {
    for (const one of form.elements) if (one.name && !one.value.trim()) one.disabled = true;
    setTimeout(() => { for (const one of form.elements) one.disabled = false; });
  });
});
