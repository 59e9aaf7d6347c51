package dev.millwright.shared.line;

import dev.millwright.shared.workitem.Stage;
import dev.millwright.shared.workitem.StageResult;

/// What one stage does with one item: plain sequential code, run on a virtual thread.
///
/// It owns no durable state and does not decide what comes next. It may be run again for the same
/// item after any crash, so every outside effect must be idempotent under `Assignment.effectKey()`.
/// An interrupt means: stop now, leave nothing running. What it throws is a bug; the attempt is
/// supervised and retried within limits.
public interface StageCode {
  Stage stage();

  StageResult run(Assignment work) throws InterruptedException;
}
