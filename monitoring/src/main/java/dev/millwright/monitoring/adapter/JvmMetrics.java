package dev.millwright.monitoring.adapter;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.millwright.monitoring.adapter.Exposition.Measure;
import java.lang.management.ManagementFactory;

/// The process and its JVM, under the names Prometheus' own Java client gives them.
final class JvmMetrics {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  private JvmMetrics() {}

  static void write(Exposition out) {
    var memory = ManagementFactory.getMemoryMXBean();
    var heap = memory.getHeapMemoryUsage();
    var rest = memory.getNonHeapMemoryUsage();
    out.family("jvm_memory_used_bytes", Measure.GAUGE, "Memory in use.")
        .add(heap.getUsed(), "area", "heap")
        .add(rest.getUsed(), "area", "nonheap");
    out.family("jvm_memory_max_bytes", Measure.GAUGE, "Most the heap may grow to.")
        .add(heap.getMax(), "area", "heap");
    out.family("jvm_threads_current", Measure.GAUGE, "Platform threads.")
        .add(ManagementFactory.getThreadMXBean().getThreadCount());
    var collections =
        out.family("jvm_gc_collection_seconds", Measure.SUMMARY, "Time spent collecting garbage.");
    ManagementFactory.getGarbageCollectorMXBeans()
        .forEach(it ->
            collections.add(
                it.getCollectionTime() / MILLIS, it.getCollectionCount(), "gc", it.getName()));
    out.family("process_start_time_seconds", Measure.GAUGE, "When it started, since 1970.")
        .add(ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      out.family("process_cpu_seconds_total", Measure.COUNTER, "CPU time used.")
          .add(system.getProcessCpuTime() / NANOS);
      out.family("process_open_fds", Measure.GAUGE, "Open files and sockets.")
          .add(system.getOpenFileDescriptorCount());
      out.family("process_max_fds", Measure.GAUGE, "Most it may open.")
          .add(system.getMaxFileDescriptorCount());
    }
  }
}
