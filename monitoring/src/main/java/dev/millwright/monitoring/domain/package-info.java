/// How a landed change is judged: open `Monitoring`.
@NullMarked
package dev.millwright.monitoring.domain;

import org.jspecify.annotations.NullMarked;
