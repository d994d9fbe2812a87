// The site works without this file; with it some things are quicker.

// Tags become pills: Enter adds what was typed, a click removes one. The form still sends one list with commas.
for (const typed of document.querySelectorAll("input[data-tags]")) {
  const list = document.createElement("input");
  list.type = "hidden";
  list.name = typed.name;
  typed.removeAttribute("name");
  const pills = document.createElement("ul");
  pills.className = "tag-list";
  typed.closest("label").after(list, pills);
  document.getElementById("tags-hint").textContent = "Press Enter after each tag; click a tag to remove it.";

  const tags = new Set();
  const pill = (tag) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tag-default tag-pill";
    button.textContent = tag;
    button.setAttribute("aria-label", `Remove tag ${tag}`);
    button.addEventListener("click", () => {
      tags.delete(tag);
      show();
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
  typed.form.addEventListener("submit", take);
}
