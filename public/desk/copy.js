// Puts a button beside each field that has something to copy. Without it people select and copy by hand.
for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-copy]"))) {
  const button = document.createElement("button");
  const told = document.createElement("span");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = field.dataset["copy"] ?? "";
  told.setAttribute("role", "status");
  button.addEventListener("click", () => void copy(field, told));
  field.after(button, told);
}

/**
 * @param {HTMLInputElement} field
 * @param {HTMLElement} told
 */
async function copy(field, told) {
  field.select();
  await navigator.clipboard?.writeText(field.value);
  told.textContent = field.dataset["copied"] ?? "";
}
