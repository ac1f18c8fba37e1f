import { Controller } from "@hotwired/stimulus";

const PAUSE = 1500;

// « 67 caractères sur 160 »; what is left is said to screen readers once typing pauses near the end.
export default class extends Controller {
  static targets = ["field", "count", "status"];
  static values = { max: Number };

  connect() {
    this.count();
  }

  disconnect() {
    clearTimeout(this.timer);
  }

  count(event) {
    const used = [...this.fieldTarget.value].length;
    this.countTarget.textContent = `${used} ${used > 1 ? "caractères" : "caractère"} sur ${this.maxValue}`;
    clearTimeout(this.timer);
    if (event) this.timer = setTimeout(() => this.announce(this.maxValue - used), PAUSE);
  }

  announce(left) {
    const nearEnd = left <= Math.max(20, this.maxValue / 10);
    const words = left > 1 ? `${left} caractères restants` : `${left} caractère restant`;
    this.statusTarget.textContent = nearEnd ? words : "";
  }
}
