import { Controller } from "@hotwired/stimulus";

const SHOWN_FOR = 2000;

// Copies a text, the text of an element, or the address of the link it stands on.
export default class extends Controller {
  static values = { text: String, source: String };

  async copy(event) {
    // Outside a secure context there is no clipboard: the link is followed.
    if (!navigator.clipboard) return;
    event.preventDefault();
    await navigator.clipboard.writeText(this.text);
    this.label ??= this.element.textContent;
    this.element.textContent = "Copié";
    this.element.setAttribute("aria-live", "polite");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.element.textContent = this.label), SHOWN_FOR);
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  get text() {
    if (this.hasTextValue) return this.textValue;
    if (this.hasSourceValue) return document.getElementById(this.sourceValue).innerText;
    return this.element.href;
  }
}
