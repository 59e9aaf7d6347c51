/// The rules of validation: guards over a diff, comparison with the base, the verdict.
@NullMarked
package dev.millwright.validation.domain;

import org.jspecify.annotations.NullMarked;
