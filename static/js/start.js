import { Button, ErrorSummary, SkipLink } from "govuk-frontend";
import { Count } from "./count.js";
import { details } from "./details.js";
import { Reveal } from "./reveal.js";

const PARTS = [
  ["govuk-button", Button, { preventDoubleClick: true }],
  ["govuk-character-count", Count],
  ["govuk-error-summary", ErrorSummary],
  ["govuk-radios", Reveal],
  ["govuk-skip-link", SkipLink],
];

/** Wakes every component below `root`; one that fails is reported and leaves the rest alone. */
export function start(root) {
  details(root);
  for (const [name, Part, config] of PARTS) {
    for (const element of root.querySelectorAll(`[data-module="${name}"]`)) {
      try {
        new Part(element, config);
      } catch (error) {
        console.error(error);
      }
    }
  }
}
