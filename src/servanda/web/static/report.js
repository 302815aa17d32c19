// The page of a report: stepping through records lights their words, clicking words finds their records; deciding.
"use strict";

const HINTS = ["quote", "field"]; // pale for the clause, stronger for the words of a field
const TYPES = ["instrument", "undertaking", "figure", "meeting"];

class ReportPage {
  constructor(pane) {
    this.pane = pane;
    this.cards = [...pane.querySelectorAll(".card")];
    this.add = document.querySelector(".add-here");
    const root = document.getElementById("text");
    this.text = root && root.querySelector("[data-at]") ? new ReportText(root) : null;
    this.now = this.cards.find((card) => card.classList.contains("now")) ?? null;
    this.form = null;
    this.known = null;
    document.documentElement.classList.toggle("lights", ReportText.lights);
    if (this.text) this.listenToText(root);
    this.listenToCards();
    for (const one of pane.querySelectorAll("[data-add]")) one.hidden = false;
    const open = pane.querySelector(".edit-form");
    if (open) this.open(open);
    if (this.now) this.choose(this.now, { focus: document.activeElement === document.body, show: true });
    else this.light();
  }

  // Lighting.

  spans(element, name) {
    return readSpans(element.dataset[name] ?? "");
  }

  light() {
    if (!this.text) return;
    for (const type of TYPES) {
      const cards = this.cards.filter((card) => card.dataset.type === type && !card.classList.contains("rejected"));
      for (const [n, hint] of HINTS.entries()) {
        const name = hint === "quote" ? "quote" : "spans";
        const others = cards.filter((card) => card !== this.now && !(this.now && hint === "field"));
        this.text.light(`${hint}-${type}`, others.flatMap((card) => this.spans(card, name)), n);
        const own = this.now?.dataset.type === type ? this.spans(this.now, name) : [];
        this.text.light(`now-${hint}-${type}`, own, n + 2);
      }
    }
    const number = this.now?.dataset.record;
    for (const mark of this.text.root.querySelectorAll("mark")) {
      mark.classList.toggle("now", Boolean(number) && mark.dataset.r.split(" ").includes(number));
    }
  }

  lit(spans) {
    this.text?.light("lit", spans, 9);
  }

  // Choosing a record.

  choose(card, { focus = false, show = false } = {}) {
    for (const one of this.cards) one.classList.toggle("now", one === card);
    for (const one of this.cards) one.querySelector(".head").toggleAttribute("aria-current", one === card);
    const changed = this.now !== card;
    this.now = card;
    this.light();
    if (changed) {
      this.lit([]);
      history.replaceState(history.state, "", `${this.pane.dataset.base}&record=${card.dataset.record}`);
    }
    if (focus) card.querySelector(".head").focus({ preventScroll: true });
    this.reveal(card);
    const words = [...this.spans(card, "quote"), ...this.spans(card, "spans")][0];
    if (show && this.text && words) this.text.show(...words);
  }

  // The side scrolls alone: the text stays where it is.
  reveal(card) {
    const side = card.closest(".side");
    const [box, around] = [card.getBoundingClientRect(), side.getBoundingClientRect()];
    if (box.top < around.top || box.bottom > around.bottom) side.scrollTop += box.top - around.top - 44; // below the buttons
  }

  step(by) {
    const at = this.cards.indexOf(this.now);
    const next = this.cards[Math.max(0, Math.min(this.cards.length - 1, at + by))];
    if (next) this.choose(next, { focus: true, show: true });
  }

  // The records whose evidence a place is, the narrowest first; a second time the next of them.
  chooseAt(place) {
    const covers = ([start, end]) => start <= place && place < end;
    const all = (card) => [...this.spans(card, "quote"), ...this.spans(card, "spans")];
    const width = (card) => all(card).reduce((sum, [start, end]) => sum + end - start, 0);
    const found = this.cards.filter((card) => all(card).some(covers)).sort((a, b) => width(a) - width(b));
    if (!found.length) return;
    this.choose(found[(found.indexOf(this.now) + 1) % found.length], { focus: true });
    const field = this.fields().find((one) => this.spans(one, "spans").some(covers));
    for (const one of this.fields()) one.classList.toggle("here", one === field);
    if (field) { field.scrollIntoView({ block: "nearest" }); this.lit(this.spans(field, "spans")); }
  }

  fields() {
    return this.now ? [...this.now.querySelectorAll(".field")] : [];
  }

  listenToCards() {
    this.pane.addEventListener("click", (event) => {
      const target = event.target;
      const step = target.closest("[data-step]");
      const words = target.closest("a[data-spans]");
      const edit = target.closest(".edit, .open a");
      const head = target.closest("a.head");
      const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
      if (step) this.step(Number(step.dataset.step));
      else if (target.closest("[data-add]")) this.startNew();
      else if (target.closest("[data-type]") && target.closest(".types")) this.loadNew(target.closest("[data-type]").dataset.type);
      else if (words && this.text) { event.preventDefault(); this.text.select(...this.spans(words, "spans")[0]); this.onSelected(); }
      else if (edit && plain) { event.preventDefault(); this.edit(edit); }
      else if (head && plain) { event.preventDefault(); this.choose(head.closest(".card"), { focus: true, show: true }); }
      else if (target.closest(".card") && !target.closest("a, button, input, select, textarea, .form")) {
        const field = target.closest(".field");
        if (field) field.focus();
      }
    });
    this.pane.addEventListener("focusin", (event) => {
      const card = event.target.closest(".card");
      if (card && card !== this.now) this.choose(card, { show: true });
      const field = event.target.closest(".field");
      if (!field || event.target.closest(".form")) return;
      const spans = this.spans(field, "spans");
      this.lit(spans);
      if (spans.length && this.text) this.text.show(...spans[0]);
    });
    this.pane.addEventListener("mouseover", (event) => {
      const field = event.target.closest("[data-spans]:not(.card)");
      if (field && !this.form) this.lit(this.spans(field, "spans"));
    });
    this.pane.addEventListener("keydown", (event) => {
      const field = event.target.closest(".field, .head");
      if (!field || event.target.closest(".form")) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        const list = [this.now.querySelector(".head"), ...this.fields()];
        list[Math.max(0, Math.min(list.length - 1, list.indexOf(field) + step))].focus();
        event.preventDefault();
      } else if (event.key === "Enter" && event.target.matches(".field")) this.editNow(event);
    });
  }

  listenToText(root) {
    this.keys = new WordKeys(this.text);
    root.addEventListener("mousedown", (event) => { if (!event.shiftKey) getSelection().removeAllRanges(); }); // no dragging
    root.addEventListener("mouseup", () => setTimeout(() => this.onSelected(true)));
    root.addEventListener("click", (event) => {
      if (!getSelection().isCollapsed) return;
      const point = document.caretPositionFromPoint?.(event.clientX, event.clientY);
      const place = point ? this.text.place(point.offsetNode, point.offset) : -1;
      if (place >= 0 && !this.form) this.chooseAt(place);
    });
    root.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key.startsWith("Arrow") && !this.keys.focus) this.pick();
      if (this.keys.press(event)) event.preventDefault();
      else if (event.key === "Enter") { event.preventDefault(); this.onEnter(); }
      else if (event.key === "Escape") this.stopPicking();
    });
    root.addEventListener("blur", () => { this.hint(false); this.keys.focus = null; });
  }

  // Selecting words.

  pick(place) {
    if (!this.text) return;
    const from = place ?? (this.now && [...this.spans(this.now, "quote"), ...this.spans(this.now, "spans")][0]?.[0]);
    this.text.root.focus({ preventScroll: true });
    this.keys.begin(from ?? this.text.starts[0]);
    this.hint(true);
  }

  hint(shown) {
    document.getElementById("picking").hidden = !shown;
  }

  stopPicking() {
    getSelection().removeAllRanges();
    this.hint(false);
    this.add.hidden = true;
    if (this.form) this.form.now.querySelector('[name^="f/"]').focus();
    else this.now?.querySelector(".head").focus({ preventScroll: true });
  }

  async onEnter() {
    const words = this.text.selected();
    if (!words) return;
    if (!this.form) { this.startNew(); return; }
    const input = this.form.now.querySelector('[name^="f/"]');
    await this.form.take(words);
    input.focus();
  }

  // Words were selected with the mouse: they go into the open form, or offer to be a record.
  onSelected(byMouse = false) {
    const words = this.text?.selected();
    this.add.hidden = true;
    if (!words) return;
    if (this.form && byMouse) this.form.take(words);
    else if (!this.form && "open" in this.pane.dataset) {
      const box = getSelection().getRangeAt(0).getBoundingClientRect();
      this.add.hidden = false;
      this.add.style.left = `${Math.max(8, Math.min(box.left, innerWidth - this.add.offsetWidth - 8)) + scrollX}px`;
      this.add.style.top = `${box.bottom + scrollY + 6}px`;
    }
  }

  mentions() {
    const id = encodeURIComponent(this.pane.dataset.report);
    this.known ??= fetch(`/report/mentions?id=${id}&version=${this.pane.dataset.version}`)
      .then((answer) => (answer.ok ? answer.json() : [])).catch(() => []);
    return this.known;
  }

  // Forms.

  editNow(event) {
    const field = document.activeElement.closest(".field");
    const first = this.fields()[0];
    if (!field && first) first.focus();
    else if (field) this.edit(field.querySelector(".edit"));
    event.preventDefault();
  }

  async edit(link) {
    if (!link) return;
    const card = link.closest(".card");
    const target = (link.closest(".field") ?? card).querySelector(link.closest(".field") ? ".form" : ".open ~ .form");
    const path = (link.closest(".field") ?? link).dataset.path;
    if (card !== this.now) this.choose(card);
    await this.load(target, `field?${this.query()}&record=${card.dataset.record}&field=${encodeURIComponent(path)}`);
  }

  query() {
    return `id=${encodeURIComponent(this.pane.dataset.report)}`;
  }

  async load(target, address) {
    this.close(this.form);
    this.mentions();
    await htmx.ajax("GET", `/report/${address}`, { target, swap: "innerHTML" });
    const form = target.querySelector("form");
    if (form) this.open(form);
    return form;
  }

  open(form) {
    this.form = new RecordForm(form, this);
    this.add.hidden = true;
    this.form.begin();
  }

  close(open) {
    document.getElementById("new").replaceChildren();
    if (!open) return;
    const field = open.form.closest(".field") ?? this.now?.querySelector(".head");
    open.form.remove();
    this.form = null;
    this.hint(false);
    this.lit([]);
    field?.focus();
  }

  async startNew() {
    const words = this.text?.selected();
    if (!words) { this.pick(); return; }
    this.words = words;
    await this.loadNew("");
    document.querySelector("#new .types button")?.focus();
  }

  async loadNew(type) {
    const [start, end] = this.words;
    const form = await this.load(document.getElementById("new"), `new?${this.query()}&start=${start}&end=${end}&type=${type}`);
    this.add.hidden = true;
    this.lit([[start, end]]);
    document.getElementById("new").scrollIntoView({ block: "nearest" });
    form?.querySelector('[name^="f/"]')?.focus();
  }
}

let page = null;

function begin() {
  const pane = document.querySelector(".pane[data-report]");
  if (pane && pane !== page?.pane) page = new ReportPage(pane);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !page?.pane.isConnected) return;
  if (event.target.closest("input, textarea, select") || document.querySelector("dialog[open]")) return;
  const step = { n: 1, j: 1, p: -1, k: -1 }[event.key];
  if (step) { page.step(step); event.stopImmediatePropagation(); event.preventDefault(); }
  else if (event.key === "e") page.editNow(event);
  else if (event.key === "v") { page.pick(); event.preventDefault(); }
  else if (event.key === "Escape" && page.form) page.close(page.form);
}, true);
document.addEventListener("click", (event) => { if (event.target.closest(".add-here")) page?.startNew(); });
document.addEventListener("htmx:afterSettle", begin);
begin();
