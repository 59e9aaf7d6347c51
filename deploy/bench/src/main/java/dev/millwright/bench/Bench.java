package dev.millwright.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./millwright bench`: runs the measurements that are named, or all, and prints what was found.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures the factory: line, ingest, memory, recovery, growth on both databases; workspaces,"
            + " gateway, agents.")
public final class Bench implements Callable<Integer> {
  private static final Map<String, Measurement> ALL = new LinkedHashMap<>();

  static {
    ALL.put("line", new LineBench());
    ALL.put("ingest", new IngestBench());
    ALL.put("memory", new MemoryBench());
    ALL.put("recovery", new RecoveryBench());
    ALL.put("growth", new GrowthBench());
    ALL.put("workspaces", new WorkspacesBench());
    ALL.put("gateway", new GatewayBench());
    ALL.put("agents", new AgentsBench());
  }

  @Parameters(arity = "0..*", paramLabel = "NAME", description = "Which; all without a name.")
  List<String> names = List.of();

  @Option(names = "--short", description = "Smaller loads, about two minutes.")
  boolean brief;

  @Option(names = "--db", paramLabel = "DB", description = "Only h2 or only postgres.")
  @Nullable String database;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures here.")
  @Nullable Path json;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the databases go; a real disk, please. ${DEFAULT-VALUE} unless told.")
  Path folder = Path.of(System.getProperty("millwright.root", "."), "deploy/bench/target/data");

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var chosen = new ArrayList<>(names.isEmpty() ? ALL.keySet() : names);
    if (!ALL.keySet().containsAll(chosen)) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "There are " + ALL.keySet() + ", got " + chosen + ".");
    }
    Files.createDirectories(folder);
    var report = new Report(Machine.describe(), folder.toAbsolutePath().toString());
    try (var stores = new Stores(folder.toAbsolutePath(), database)) {
      for (var name : chosen) {
        var measurement = Measurement.of(ALL, name);
        for (var store :
            stores.all().subList(0, measurement.withDatabase() ? stores.all().size() : 1)) {
          Report.progress(measurement.withDatabase() ? name + " on " + store : name);
          measurement.run(new Measurement.Scene(stores, store, brief, report));
        }
      }
    }
    System.out.print(report.table());
    if (json != null) {
      Files.writeString(
          json,
          new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report.tree()));
    }
    return 0;
  }
}
