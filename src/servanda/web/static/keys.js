// Keys of every page: "/" to search, g and a letter to go, j and k through rows, data-key on what one key presses.
"use strict";

const pages = { t: "/", r: "/review", d: "/dossiers", p: "/parties", f: "/findings", a: "/add" };
let going = false;

function typing(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function move(step) {
  const rows = [...document.querySelectorAll("[data-rows] > *")];
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.max(0, Math.min(rows.length - 1, now + step))];
  (next.querySelector("a, button") ?? next).focus();
  next.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const found = [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)].find((one) => one.checkVisibility());
  if (!found) return false;
  if (found.matches("input, textarea, select")) found.focus();
  else found.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(event.target)) event.target.blur();
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const was = going;
  going = event.key === "g";
  if (was && pages[event.key]) location.assign(pages[event.key]);
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (press(event.key)) event.preventDefault();
  else if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
});

// A form of htmx may not be sent twice while the first is under way.
document.addEventListener("htmx:beforeRequest", (event) => event.target.setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", (event) => event.target.removeAttribute("aria-busy"));
// Refusals are shown, too: the answer says where they belong; one in plain words stands where messages do.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status < 400) return;
  const page = xhr.getResponseHeader("content-type")?.startsWith("text/html");
  event.detail.shouldSwap = page;
  if (!page) say(xhr.responseText);
});
document.addEventListener("htmx:sendError", () => say(document.body.dataset.unreached));

function say(words) {
  const line = document.createElement("p");
  line.className = "said error";
  line.role = "alert";
  line.textContent = words;
  document.getElementById("said").replaceChildren(line);
  window.scrollTo({ top: 0 });
}
