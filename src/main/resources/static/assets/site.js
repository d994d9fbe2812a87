// The site works without this file; with it some things are quicker.

// Days as the reader writes them.
function localDates(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const date = new Date(time.dateTime);
    time.lang = navigator.language;
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
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        take();
      }
    });
    // Before the form is read, by this page or by the browser.
    typed.form.addEventListener("submit", take, { capture: true });
  }
}

// Said to those who do not see what changed.
function say(text) {
  document.getElementById("notice").textContent = text ?? "";
}

function hasText(form) {
  return [...form.querySelectorAll("input:not([type=hidden]), textarea")].some((field) => field.value);
}

// What such a form changes appears in its place, without loading the page anew.
async function sendInline(form, button) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
  if (!answer.ok) {
    throw new Error(`${form.action} answered ${answer.status}`);
  }
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) {
    if (hasText(form)) {
      delete form.dataset.sending;
      say("You are signed out. Sign in in another tab, then try again here: what you wrote is still there.");
    } else {
      location.assign(answer.url);
    }
    return;
  }
  const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  enhance(main);
  show(main, form, button);
}

function show(main, form, button) {
  const preview = main.querySelector(".preview");
  if (preview) {
    // The author may have gone on typing: the form stays as it is.
    document.querySelector(".preview")?.remove();
    form.after(preview);
    delete form.dataset.sending;
    preview.scrollIntoView({ block: "nearest" });
  } else {
    keepOtherTexts(main, form);
    document.querySelector("main").replaceWith(main);
    const place = form.dataset.focus ? main.querySelector(form.dataset.focus) : document.getElementById(button.id);
    (main.querySelector(".error-messages") ?? place ?? main).focus();
  }
  say(button.dataset.done);
}

// What is typed into another form is none of this one's business.
function keepOtherTexts(main, form) {
  for (const field of document.querySelectorAll("main textarea[id]")) {
    if (field.form !== form && main.querySelector(`#${field.id}`)) {
      main.querySelector(`#${field.id}`).value = field.value;
    }
  }
}

// An article that is being written outlasts a wrong turn. It is forgotten once it is published, or its author leaves.
function draft(root) {
  const form = root.querySelector("form[data-draft]");
  const sent = sessionStorage.getItem("sent");
  if (!form) {
    if (sent && location.pathname.startsWith("/article/")) {
      sessionStorage.removeItem(sent);
      sessionStorage.removeItem("sent");
    }
    return;
  }
  const key = `draft:${location.pathname}`;
  const names = ["title", "description", "body", "tagList"];
  const saved = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  names.filter((name) => name in saved).forEach((name) => (form.elements[name].value = saved[name]));
  const save = () => {
    const written = new FormData(form);
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(names.map((name) => [name, written.get(name)]))));
  };
  form.addEventListener("input", save);
  form.addEventListener("submit", (event) => {
    save();
    if (event.submitter?.name !== "preview") {
      sessionStorage.setItem("sent", key);
    }
  });
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
    // The browser says best what is wrong.
    form.dataset.plain = "yes";
    form.requestSubmit(button);
  });
});

function enhance(root) {
  localDates(root);
  tagPills(root);
}

for (const form of document.querySelectorAll("form[action^='/logout']")) {
  form.addEventListener("submit", () => sessionStorage.clear());
}
draft(document);
enhance(document);
