/// From a signal to a contract: what is asked, where, how risky it is, and who should do it.
@NullMarked
package dev.millwright.triage;

import org.jspecify.annotations.NullMarked;
