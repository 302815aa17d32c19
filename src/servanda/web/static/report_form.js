// Forms of the report's page: words that are selected go into a field, with the value that they mean for it.
"use strict";

class RecordForm {
  // `page` shows the text and knows what its words mean.
  constructor(form, page) {
    this.form = form;
    this.page = page;
    this.widgets = [...form.querySelectorAll(".widget")];
    this.now = this.widgets[0];
    for (const one of form.querySelectorAll("[data-pick], [data-cancel], [data-more]")) one.hidden = false;
    for (const widget of this.widgets) this.sayWords(widget);
    form.addEventListener("focusin", (event) => this.turnTo(event.target.closest(".widget")));
    form.addEventListener("click", (event) => this.onClick(event.target));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); page.close(this); }
      if (event.key === "Enter" && event.target.matches("textarea") && !event.shiftKey) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    this.mark();
  }

  onClick(target) {
    if (target.closest("[data-pick]")) this.page.pick(this.spans()[0]?.[0]);
    if (target.closest("[data-cancel]")) this.page.close(this);
    if (target.closest("[data-more]")) this.more(target.closest(".widget"));
  }

  turnTo(widget) {
    if (!widget) return;
    this.now = widget;
    this.mark();
  }

  mark() {
    for (const one of this.form.querySelectorAll(".widget")) one.classList.toggle("taking", one === this.now);
    this.page.lit(this.spans());
  }

  hidden(widget) {
    return widget.querySelector('[name^="s/"]');
  }

  spans() {
    return readSpans(this.hidden(this.now).value);
  }

  sayWords(widget) {
    const spans = readSpans(this.hidden(widget).value);
    const said = spans.map(([start, end]) => this.page.text?.words(start, end) ?? "").join(" … ");
    widget.querySelector("output").value = said ? `«${said.replace(/\s+/g, " ")}»` : "";
  }

  // Selected words go into the field that is being filled.
  async take([start, end]) {
    const widget = this.now;
    this.hidden(widget).value = `${start}-${end}`;
    this.sayWords(widget);
    this.mark();
    const words = this.page.text.words(start, end);
    widget.setAttribute("aria-busy", "true"); // the reader takes some seconds to begin
    const mention = best(await this.page.mentions(), widget.dataset.sort, start, end);
    widget.removeAttribute("aria-busy");
    for (const input of widget.querySelectorAll('[name^="f/"]')) propose(input, widget, mention, words);
  }

  // Another element of a list, after the last.
  more(widget) {
    const path = widget.dataset.widget.split("/");
    const same = this.widgets.filter((one) => one.dataset.widget.startsWith(`${path[0]}/`));
    const next = `${path[0]}/${same.length}`;
    const copy = same.at(-1).cloneNode(true);
    for (const one of copy.querySelectorAll("[name]")) {
      one.name = one.name.replace(/^([fs]\/)[a-z_]+\/\d+/, `$1${next}`);
      one.value = "";
    }
    copy.querySelector("output").value = "";
    copy.dataset.widget = next;
    same.at(-1).querySelector("[data-more]").hidden = true;
    same.at(-1).after(copy);
    this.widgets.push(copy);
    copy.querySelector('[name^="f/"]').focus();
  }

  begin() {
    const input = this.now.querySelector('[name^="f/"]');
    if (input.matches("select") || !this.page.text) input.focus();
    else this.page.pick(this.spans()[0]?.[0]);
  }
}

function readSpans(text) {
  return text ? text.split(",").map((one) => one.split("-").map(Number)) : [];
}

// The mention of a sort that the selected words are, or hold, or lie in.
function best(mentions, sort, start, end) {
  const shared = (one) => Math.min(end, one.end) - Math.max(start, one.start);
  const apart = (one) => Math.abs(one.start - start) + Math.abs(one.end - end);
  const fit = mentions.filter((one) => one.type === sort && shared(one) > 0);
  return fit.sort((a, b) => apart(a) - apart(b))[0];
}

function propose(input, widget, mention, words) {
  const key = input.name.split("/").at(-1);
  const value = mention?.value;
  if (Array.isArray(value)) input.value = value[0];
  else if (value && typeof value === "object") { if (value[key] !== undefined) input.value = value[key] ?? ""; }
  else if (value !== undefined && value !== null) input.value = value;
  else if (widget.dataset.kind === "text") input.value = words.replace(/\s+/g, " ");
}
