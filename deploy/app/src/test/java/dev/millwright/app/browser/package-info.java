/// The dashboard in a real browser, over the real program.
@NullMarked
package dev.millwright.app.browser;

import org.jspecify.annotations.NullMarked;
