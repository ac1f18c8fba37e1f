import { Controller } from "@hotwired/stimulus";

const SHOWN_FOR = 2000;

// The page of a clause: variables filled in as they are typed, the text copied with its source line.
export default class extends Controller {
  static targets = ["text", "source", "value", "export"];
  static values = { copyUrl: String, version: Number };

  connect() {
    // A browser that comes back to the page brings back what was typed.
    for (const input of this.valueTargets) if (input.value !== input.defaultValue) this.show(input);
    this.updateExports();
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  fill(event) {
    this.show(event.currentTarget);
    this.updateExports();
  }

  show(input) {
    const value = input.value.trim();
    const warning = document.getElementById(`hors-${input.dataset.key}`)?.firstElementChild;
    if (warning) warning.hidden = !standsOutside(value, input.dataset.low, input.dataset.high);
    for (const text of this.textTargets) {
      for (const mark of text.querySelectorAll(`mark[data-variable="${input.dataset.key}"]`)) {
        mark.textContent = value || `[${input.dataset.label}]`;
        if (value) mark.dataset.state = "filled";
        else delete mark.dataset.state;
      }
    }
  }

  updateExports() {
    const filled = this.valueTargets.filter((input) => input.value.trim());
    const query = new URLSearchParams(filled.map((input) => [input.name, input.value.trim()])).toString();
    for (const link of this.exportTargets) link.search = query;
  }

  async copy(event) {
    const { source, form } = event.params;
    const text = document.getElementById(source);
    const button = event.currentTarget.querySelector("[aria-live]");
    if (!navigator.clipboard) {
      this.select(text);
      return;
    }
    const plain = `${text.innerText}\n\n${this.sourceTarget.innerText}`;
    if (form === "rich" && window.ClipboardItem) {
      await navigator.clipboard.write([
        new ClipboardItem({ "text/plain": asBlob(plain, "text/plain"), "text/html": asBlob(this.html(text), "text/html") }),
      ]);
    } else {
      await navigator.clipboard.writeText(plain);
    }
    this.say(button);
    this.tell(form, source);
  }

  // Outside a secure context there is no clipboard: the words are selected, ready for the keyboard.
  select(text) {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  html(text) {
    const copy = text.cloneNode(true);
    for (const mark of copy.querySelectorAll("mark")) {
      if (mark.dataset.state === "filled") mark.replaceWith(mark.textContent);
      else for (const { name } of [...mark.attributes]) mark.removeAttribute(name);
    }
    const source = document.createElement("p");
    source.textContent = this.sourceTarget.innerText;
    copy.append(source);
    return copy.innerHTML;
  }

  say(label) {
    const words = label.dataset.words ?? label.textContent;
    label.dataset.words = words;
    label.textContent = "Copié";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (label.textContent = words), SHOWN_FOR);
  }

  // A member is told when the version that she took away changes: the one she reads, which the site may have left.
  tell(form, source) {
    const token = document.querySelector("#actes [name=csrfmiddlewaretoken]");
    if (!this.copyUrlValue || !token) return;
    const wording = source.replace("texte-redaction-", "");
    const version = this.versionValue;
    const body = new URLSearchParams({ csrfmiddlewaretoken: token.value, form, wording, version });
    fetch(this.copyUrlValue, { method: "POST", body, keepalive: true }).catch(() => {});
  }
}

// As clauses/library/figures.py.
function figure(words) {
  const found = /^(\d{1,12}(?:[.,]\d{1,6})?)(?:\s?%)?$/.exec(words.trim().replace(/(?<=\d)\s(?=\d{3})/g, ""));
  return found ? Number(found[1].replace(",", ".")) : NaN;
}

function standsOutside(value, low, high) {
  // A comparison with what is no number is false.
  return figure(value) < figure(low) || figure(value) > figure(high);
}

function asBlob(text, type) {
  return new Blob([text], { type });
}
