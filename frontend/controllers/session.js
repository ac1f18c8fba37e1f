import { Controller } from "@hotwired/stimulus";

// On the body. When a background request shows that the session has ended, says so once, with a way to sign in
// elsewhere: the text being written stays where it is.
export default class extends Controller {
  static targets = ["notice"];

  connect() {
    this.show = () => this.noticeTargets.forEach((notice) => (notice.hidden = false));
    document.addEventListener("session:expired", this.show);
  }

  disconnect() {
    document.removeEventListener("session:expired", this.show);
  }
}
