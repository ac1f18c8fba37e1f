import { Controller } from "@hotwired/stimulus";

// Sends a form of filters as soon as the mouse or the finger changes it. From the keyboard, where each arrow changes
// a choice, the form's own button sends it; so does it in a drawer, where several filters are set at once.
export default class extends Controller {
  connect() {
    this.note = ({ type }) => (this.byPointer = type === "pointerdown");
    this.element.addEventListener("pointerdown", this.note);
    this.element.addEventListener("keydown", this.note);
  }

  disconnect() {
    this.element.removeEventListener("pointerdown", this.note);
    this.element.removeEventListener("keydown", this.note);
  }

  submit({ target }) {
    const typed = target.matches("input:not([type=checkbox], [type=radio])");
    if (this.byPointer && !typed && !this.element.matches(":popover-open")) this.element.requestSubmit();
  }
}
