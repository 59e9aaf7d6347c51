package dev.millwright.shared.line;

import dev.millwright.shared.journal.Artifacts;
import dev.millwright.shared.journal.FileArtifacts;
import dev.millwright.shared.signal.Signal;
import dev.millwright.shared.workitem.Context;
import dev.millwright.shared.workitem.Counters;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.shared.workitem.Lease;
import dev.millwright.shared.workitem.Note;
import dev.millwright.shared.workitem.Stage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/// An assignment without a line: stage code can be run on it alone, and what it said and kept can
/// be looked at.
///
/// @param kept its checkpoints, which a later assignment may be given to resume from
/// @param words what a test lets people say meanwhile
/// @param activity what its agent does
public record ScriptedAssignment(
    ItemId item,
    Lease lease,
    Context context,
    Counters counters,
    Artifacts artifacts,
    List<String> said,
    Map<String, String> kept,
    BlockingQueue<Context.Decided> words,
    Activity activity)
    implements Assignment {

  /// The first attempt of a stage.
  ///
  /// @param folder where artifacts go
  public static ScriptedAssignment of(Stage stage, Context context, Path folder) {
    return new ScriptedAssignment(
        ItemId.of(context.signal().key()),
        new Lease(stage, 1, "script", Instant.EPOCH),
        context,
        Counters.ZERO,
        new FileArtifacts(folder.resolve("artifacts")),
        new CopyOnWriteArrayList<>(),
        new ConcurrentHashMap<>(),
        new LinkedBlockingQueue<>(),
        new Activity());
  }

  /// The attempt after this one: it has the checkpoints, and what the item learned meanwhile.
  public ScriptedAssignment again(Context later) {
    var next = new Lease(lease.stage(), lease.generation() + 1, lease.holder(), Instant.EPOCH);
    return new ScriptedAssignment(
        item, next, later, counters, artifacts, said, kept, words, activity);
  }

  @Override
  public void say(String line) {
    said.add(line);
  }

  @Override
  public void doing(Doing doing) {
    activity.take(item, lease.generation(), Instant.now(), doing);
  }

  @Override
  public void checkpoint(String name, String value) {
    kept.put(name, value);
  }

  @Override
  public void raise(Signal signal) {
    said.add("raised " + signal.key());
  }

  @Override
  public void record(Note note) {
    said.add(note.about() + ": " + note.text());
  }

  @Override
  public Optional<String> checkpointed(String name) {
    return Optional.ofNullable(kept.get(name));
  }
}
