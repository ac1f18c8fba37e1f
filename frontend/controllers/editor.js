import { Controller } from "@hotwired/stimulus";
import { searchMembers } from "../lib/member_list.js";
import { announceSignedOut, isSignedOut } from "../lib/session.js";
import { csrfToken } from "../lib/text.js";

// Rich text over a textarea. Until the module is there, or if it cannot load, the textarea is the field; with it, the
// textarea keeps receiving the Markdown and is what the form sends.
export default class extends Controller {
  static targets = ["text", "tools", "alert", "file", "linkPanel", "linkAddress", "imagePanel", "imageAlt", "tablePanel"];
  static values = { uploadUrl: String, mentionsUrl: String };

  async connect() {
    try {
      const { createEditor } = await import(this.element.dataset.editorModuleUrl);
      if (this.element.isConnected && !this.editor) this.mount(createEditor);
    } catch (error) {
      console.warn("Editor not loaded, the textarea stays.", error);
      this.disconnect();
      this.textTarget.hidden = false;
    }
  }

  disconnect() {
    this.listeners?.abort();
    this.editor?.destroy();
    this.frame?.remove();
    this.editor = null;
  }

  mount(createEditor) {
    const field = this.textTarget;
    this.frame = document.createElement("div");
    field.before(this.frame);
    this.editor = createEditor({
      element: this.frame,
      attributes: this.areaAttributes(),
      placeholder: field.placeholder,
      markdown: field.value,
      onChange: (markdown) => this.write(markdown),
      onSelection: () => this.editor && this.refresh(),
      onFiles: this.hasUploadUrlValue ? (files) => this.upload(files) : null,
      searchMembers: this.hasMentionsUrlValue ? (typed) => searchMembers(this.mentionsUrlValue, typed) : null,
    });
    this.listen();
    this.toolsTarget.hidden = false;
    this.showRich(true);
    this.refresh();
    if (document.activeElement === field) this.editor.focus();
  }

  areaAttributes() {
    const { id, ariaInvalid, required } = this.textTarget;
    const attributes = {
      class: "editor-area prose",
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": `${id}-nom`,
      "aria-describedby": [this.textTarget.getAttribute("aria-describedby"), `${id}-clavier`].filter(Boolean).join(" "),
    };
    if (required) attributes["aria-required"] = "true";
    if (ariaInvalid) attributes["aria-invalid"] = ariaInvalid;
    return attributes;
  }

  listen() {
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    const field = this.textTarget;
    const on = (target, type, act) => target.addEventListener(type, act, { signal });
    on(field, "text-changed", () => this.editor.setMarkdown(field.value));
    on(field, "text-focus", () => this.focusField());
    on(this.toolsTarget, "click", (event) => this.press(event));
    on(this.toolsTarget, "keydown", (event) => this.rove(event));
    on(this.tablePanelTarget, "click", (event) => this.press(event));
    on(this.linkPanelTarget, "click", (event) => this.press(event));
    on(this.imagePanelTarget, "click", (event) => this.press(event));
    on(this.linkAddressTarget, "keydown", (event) => this.panelKey(event, () => this.applyLink(), () => this.openLink()));
    on(this.imageAltTarget, "keydown", (event) => this.panelKey(event, () => this.describe(), () => this.editor.focus()));
    if (this.hasFileTarget) on(this.fileTarget, "change", () => this.pick());
    // The label and the links of an error summary name the textarea, which is hidden.
    on(document, "click", (event) => {
      if (this.rich && event.target.closest(`label[for="${field.id}"], a[href="#${field.id}"]`)) {
        event.preventDefault();
        this.focusField();
      }
    });
  }

  focusField() {
    if (this.rich) this.editor.focus();
    else this.textTarget.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  // A hidden required field would block the form without a word: the server checks it.
  showRich(rich) {
    this.rich = rich;
    this.required ??= this.textTarget.required;
    this.textTarget.required = this.required && !rich;
    this.textTarget.hidden = rich;
    this.frame.hidden = !rich;
    for (const button of this.buttons) {
      if (button.dataset.command !== "markdown") button.disabled = !rich;
    }
    this.button("markdown").setAttribute("aria-pressed", String(!rich));
    for (const panel of [this.linkPanelTarget, this.imagePanelTarget, this.tablePanelTarget]) panel.hidden = true;
    this.setRoving(this.button("markdown"));
  }

  write(markdown) {
    const field = this.textTarget;
    field.value = markdown;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const excess = field.maxLength > 0 ? markdown.length - field.maxLength : 0;
    this.say(excess > 0 ? `Ce texte est trop long de ${excess} ${excess > 1 ? "caractères" : "caractère"}. Raccourcissez-le avant de publier.` : "");
  }

  // Toolbar

  get buttons() {
    return [...this.toolsTarget.querySelectorAll("button")];
  }

  button(command) {
    return this.toolsTarget.querySelector(`[data-command="${command}"]`);
  }

  refresh() {
    for (const button of this.buttons) {
      const { command } = button.dataset;
      if (button.hasAttribute("aria-pressed") && command !== "markdown") {
        button.setAttribute("aria-pressed", String(this.editor.isActive(command)));
      }
    }
    this.tablePanelTarget.hidden = !this.rich || !this.editor.isActive("table");
    this.imagePanelTarget.hidden = !this.rich || !this.editor.isActive("image");
    if (!this.imagePanelTarget.hidden) this.imageAltTarget.value = this.editor.description();
  }

  press(event) {
    const command = event.target.closest("[data-command]")?.dataset.command;
    const own = {
      markdown: () => this.toggleMarkdown(),
      attach: () => this.fileTarget.click(),
      link: () => this.openLink(),
      "link-apply": () => this.applyLink(),
      "link-remove": () => this.removeLink(),
      "image-describe": () => this.describe(),
    };
    if (own[command]) own[command]();
    else if (command) this.editor.run(command);
  }

  setRoving(current) {
    for (const button of this.buttons) button.tabIndex = button === current ? 0 : -1;
  }

  rove(event) {
    const usable = this.buttons.filter((button) => !button.disabled);
    const at = usable.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: usable.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = usable[(to + usable.length) % usable.length];
    this.setRoving(next);
    next.focus();
  }

  toggleMarkdown() {
    if (!this.rich) this.editor.setMarkdown(this.textTarget.value);
    this.showRich(!this.rich);
    this.focusField();
  }

  openLink() {
    this.linkPanelTarget.hidden = !this.linkPanelTarget.hidden;
    if (this.linkPanelTarget.hidden) return this.editor.focus();
    this.linkAddressTarget.value = this.editor.link();
    this.linkAddressTarget.focus();
  }

  // Enter in a panel must not send the form around it.
  panelKey(event, accept, leave) {
    if (event.key === "Enter") accept();
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  }

  applyLink() {
    const typed = this.linkAddressTarget.value.trim();
    const address = /^(https?:|mailto:|\/)/i.test(typed) ? typed : `https://${typed}`;
    if (!typed || /\s/.test(typed)) return this.say("Écrivez l’adresse ainsi : https://exemple.fr/page.");
    this.say("");
    this.linkPanelTarget.hidden = true;
    this.editor.setLink(address);
  }

  removeLink() {
    this.linkPanelTarget.hidden = true;
    this.editor.run("link-remove");
  }

  describe() {
    this.editor.describe(this.imageAltTarget.value.trim());
  }

  // Files and members

  pick() {
    this.upload([...this.fileTarget.files]);
    this.fileTarget.value = "";
  }

  async upload(files) {
    this.say("");
    this.element.setAttribute("aria-busy", "true");
    for (const file of files) await this.send(file);
    this.element.removeAttribute("aria-busy");
  }

  async send(file) {
    const body = new FormData();
    body.append("file", file);
    body.append("csrfmiddlewaretoken", csrfToken(this.element));
    try {
      const response = await fetch(this.uploadUrlValue, { method: "POST", body, headers: { Accept: "application/json" } });
      if (isSignedOut(response)) return announceSignedOut();
      const answer = await response.json().catch(() => ({}));
      if (response.ok) this.editor.insertMarkdown(answer.markdown);
      else this.say(answer.error ?? `« ${file.name} » n’a pas été accepté.`);
    } catch {
      this.say(`« ${file.name} » n’a pas pu être envoyé. Vérifiez votre connexion, puis recommencez.`);
    }
  }

  say(message) {
    this.alertTarget.textContent = message;
    this.alertTarget.hidden = !message;
  }
}
