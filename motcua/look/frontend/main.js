// Everything here only adds ease: each page does its work without it.
import Alpine from "@alpinejs/csp";
import { Button, CharacterCount, Checkboxes, ErrorSummary, Radios, SkipLink, createAll } from "govuk-frontend";
import htmx from "htmx.org";
import "./scans.js";
