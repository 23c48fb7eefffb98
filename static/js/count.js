import { CharacterCount } from "govuk-frontend";

/** Counts as the server does: an emoji is one character, not two halves. */
export class Count extends CharacterCount {
  updateCount() {
    this.count = [...this.$textarea.value].length;
  }
}
