import { Radios } from "govuk-frontend";

/** Shows the field of a chosen option. ARIA has no "expanded" for radio buttons: it is left out. */
export class Reveal extends Radios {
  syncConditionalRevealWithInputState($input) {
    super.syncConditionalRevealWithInputState($input);
    $input.removeAttribute("aria-expanded");
  }
}
