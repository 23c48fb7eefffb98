// Everything here only makes pages nicer: without it every page works.
import { autosave } from "./autosave.js";
import { keep } from "./keep.js";
import { start } from "./start.js";

start(document);
keep(document);
autosave(document);
