// Everything here only makes pages nicer: without it every page works.
import { keep } from "./keep.js";
import { start } from "./start.js";

start(document);
keep(document);
