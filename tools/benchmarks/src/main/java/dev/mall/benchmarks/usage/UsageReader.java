package dev.mall.benchmarks.usage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Reads the counters of one system: its processes, its PostgreSQL server, its topics.
 *
 * @param processes ids of processes without children, by name
 * @param postgres process id of the server
 * @param superuser connections to a database that belongs to no service
 * @param databases whose transactions count
 * @param messages sum of the end offsets of all topics
 */
public record UsageReader(
    Map<String, Long> processes,
    long postgres,
    DataSource superuser,
    List<String> databases,
    LongSupplier messages) {

  public static final String POSTGRES = "postgresql";

  public UsageReader {
    processes = Map.copyOf(processes);
    databases = List.copyOf(databases);
  }

  /** The same system with one more process and its database. */
  public UsageReader with(String name, long process, String database) {
    var allProcesses = new HashMap<>(processes);
    allProcesses.put(name, process);
    var allDatabases = new ArrayList<>(databases);
    allDatabases.add(database);
    return new UsageReader(allProcesses, postgres, superuser, allDatabases, messages);
  }

  /**
   * @param running readers of all systems that run; this one may be among them
   */
  public UsageSample sample(List<UsageReader> running) throws SQLException {
    var counters = counters();
    long wal = wal();
    long sent = messages.getAsLong();
    return new UsageSample(
        System.nanoTime(),
        cpu(),
        Procfs.cpuByDatabase(postgres),
        Procfs.ownCpu(),
        Procfs.cpuWithChildren(resting(running)),
        Procfs.machine(),
        counters,
        wal,
        sent);
  }

  /**
   * The ids of processes that belong to another system and not to this one; each once, though
   * systems may share processes.
   */
  Set<Long> resting(List<UsageReader> running) {
    var others = new HashSet<Long>();
    running.forEach(system -> others.addAll(system.ids()));
    others.removeAll(ids());
    return others;
  }

  private Set<Long> ids() {
    var ids = new HashSet<>(processes.values());
    ids.add(postgres);
    return ids;
  }

  private Map<String, Duration> cpu() {
    var cpu = new HashMap<String, Duration>();
    processes.forEach((name, pid) -> cpu.put(name, Procfs.cpu(pid)));
    cpu.put(POSTGRES, Procfs.cpuWithChildren(Set.of(postgres)));
    return cpu;
  }

  public Usage between(UsageSample start, UsageSample end) {
    return Usage.between(start, end, Runtime.getRuntime().availableProcessors(), memory());
  }

  private Map<String, Long> memory() {
    var memory = new TreeMap<String, Long>();
    processes.forEach((name, pid) -> memory.put(name, Procfs.memory(pid, false)));
    memory.put(POSTGRES, Procfs.memory(postgres, true));
    return memory;
  }

  private Map<String, DatabaseCounters> counters() throws SQLException {
    var counters = new HashMap<String, DatabaseCounters>();
    try (var connection = superuser.getConnection();
        var query =
            connection.prepareStatement(
                """
                select datname, xact_commit + xact_rollback as transactions,
                       tup_inserted + tup_updated + tup_deleted as changed
                  from pg_stat_database where datname = any (?)
                """)) {
      query.setArray(1, connection.createArrayOf("text", databases.toArray()));
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          counters.put(
              rows.getString("datname"),
              new DatabaseCounters(rows.getLong("transactions"), rows.getLong("changed")));
        }
      }
    }
    return counters;
  }

  private long wal() throws SQLException {
    try (var connection = superuser.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_current_wal_lsn() - '0/0'::pg_lsn")) {
      row.next();
      return row.getLong(1);
    }
  }
}
