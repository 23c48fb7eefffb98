// Everything here only makes pages nicer: without it every page works.
import { autosave } from "./autosave.js";
import { covering } from "./cover.js";
import { idle } from "./idle.js";
import { keep } from "./keep.js";
import { start } from "./start.js";
import { wait } from "./wait.js";

covering();
start(document);
keep(document);
autosave(document);
idle();
wait();
