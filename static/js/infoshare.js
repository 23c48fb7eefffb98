// Everything here only makes pages nicer: without it every page works.
import { start } from "./start.js";

start(document);
