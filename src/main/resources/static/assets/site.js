// The site works without this file; with it some things are quicker.

// Tags become pills: Enter adds what was typed, a click removes one. The form still sends one list with commas.
for (const field of document.querySelectorAll("input[data-tags]")) {
  const typed = field.cloneNode();
  typed.removeAttribute("name");
  typed.value = "";
  field.type = "hidden";
  const pills = document.createElement("ul");
  pills.className = "tag-list";
  field.closest("label").append(typed);
  field.closest("label").after(pills);
  document.getElementById("tags-hint").textContent = "Press Enter after each tag; click a tag to remove it.";

  const tags = new Set();
  const show = () => {
    field.value = [...tags].join(",");
    pills.replaceChildren(...[...tags].map((tag) => {
      const pill = document.createElement("button");
      pill.type = "button";
      pill.className = "tag-default tag-pill";
      pill.textContent = tag;
      pill.setAttribute("aria-label", `Remove tag ${tag}`);
      pill.addEventListener("click", () => { tags.delete(tag); show(); });
      const item = document.createElement("li");
      item.append(pill);
      return item;
    }));
  };
  const add = (text) => {
    text.split(",").map((tag) => tag.trim()).filter(Boolean).forEach((tag) => tags.add(tag));
    show();
  };
  add(field.value);
  typed.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      add(typed.value);
      typed.value = "";
    }
  });
  field.form.addEventListener("submit", () => add(typed.value));
}
