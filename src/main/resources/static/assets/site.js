// The site works without this file; with it some things are quicker.

// Days as the reader writes them.
function localDates(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const date = new Date(time.dateTime);
    time.textContent = date.toLocaleDateString(undefined, { dateStyle: "long" });
    time.title = date.toLocaleString(undefined, { dateStyle: "full", timeStyle: "short" });
  }
}

// Tags become pills: Enter adds what was typed, a click removes one. The form still sends one list with commas.
function tagPills(root) {
  for (const typed of root.querySelectorAll("input[data-tags]")) {
    const list = document.createElement("input");
    list.type = "hidden";
    list.name = typed.name;
    typed.removeAttribute("name");
    const pills = document.createElement("ul");
    pills.className = "tag-list";
    typed.closest("label").after(list, pills);
    root.querySelector("#tags-hint").textContent = "Press Enter after each tag; click a tag to remove it.";

    const tags = new Set();
    const pill = (tag) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "tag-default tag-pill";
      button.setAttribute("aria-label", `Remove tag ${tag}`);
      const icon = document.createElement("i");
      icon.className = "ion-close-round";
      button.append(icon, ` ${tag}`);
      button.addEventListener("click", () => {
        tags.delete(tag);
        show();
        typed.focus();
      });
      const item = document.createElement("li");
      item.append(button);
      return item;
    };
    const show = () => {
      list.value = [...tags].join(",");
      pills.replaceChildren(...[...tags].map(pill));
    };
    const take = () => {
      typed.value.split(",").map((tag) => tag.trim()).filter(Boolean).forEach((tag) => tags.add(tag));
      typed.value = "";
      show();
    };
    take();
    typed.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        take();
      }
    });
    // Before the form is read, by this page or by the browser.
    typed.form.addEventListener("submit", take, { capture: true });
  }
}

// What such a form changes appears in its place, without loading the page anew.
async function sendInline(form, button) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
  if (!answer.ok) {
    throw new Error(`${form.action} answered ${answer.status}`);
  }
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) {
    location.assign(answer.url);
    return;
  }
  const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  enhance(main);
  document.querySelector("main").replaceWith(main);
  (document.getElementById(button.id) ?? main).focus({ preventScroll: true });
  main.querySelector(".error-messages, .preview")?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.dataset.plain || !button?.closest("[data-inline]")) {
    return;
  }
  event.preventDefault();
  // Once is enough, however often it is pressed.
  if (form.dataset.sending) {
    return;
  }
  form.dataset.sending = "yes";
  sendInline(form, button).catch(() => {
    // The browser says best what is wrong, and its way back leads to what was typed.
    form.dataset.plain = "yes";
    form.requestSubmit(button);
  });
});

function enhance(root) {
  localDates(root);
  tagPills(root);
}

enhance(document);
