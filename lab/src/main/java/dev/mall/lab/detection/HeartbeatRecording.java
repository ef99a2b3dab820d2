package dev.mall.lab.detection;

import dev.mall.embedded.process.Commands;
import dev.mall.embedded.process.Jvm;
import dev.mall.lab.detection.HeartbeatTrace.Heartbeat;
import dev.mall.lab.detection.RecordHeartbeats.Conditions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A process that sends heartbeats, a relay that loses and delays them, and the monitor that they
 * reach, on the loopback interface. The process is stopped, continued and finally killed by
 * signals.
 */
final class HeartbeatRecording implements AutoCloseable {

  private static final long SEED = 1;
  private static final int END = 0;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Conditions conditions;
  private final Duration length;
  private final Random random = new Random(SEED);
  private final Map<Integer, Long> sent = new ConcurrentSkipListMap<>();
  private final Map<Integer, Long> arrived = new ConcurrentSkipListMap<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final Queue<Future<?>> tasks = new ConcurrentLinkedQueue<>();
  private final DatagramSocket relay;
  private final DatagramSocket monitor;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService receivers = Executors.newFixedThreadPool(2);
  private final Process process;
  private long start;

  HeartbeatRecording(Conditions conditions, Duration length) throws IOException {
    this.conditions = conditions;
    this.length = length;
    this.relay = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.monitor = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    this.process =
        new ProcessBuilder(
                Jvm.program(),
                "-cp",
                System.getProperty("java.class.path"),
                HeartbeatSender.class.getName(),
                Integer.toString(relay.getLocalPort()))
            .inheritIO()
            .start();
  }

  HeartbeatTrace run() throws IOException, InterruptedException, ExecutionException {
    var forwarded = receivers.submit(this::forwardAll);
    var received = receivers.submit(this::receiveAll);
    if (!begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("no heartbeat in " + PATIENCE);
    }
    schedulePauses();
    long killed = timer.schedule(this::kill, length.toMillis(), TimeUnit.MILLISECONDS).get();
    send(relay, END);
    forwarded.get();
    timer.shutdown(); // delayed heartbeats are still forwarded
    if (!timer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("heartbeats are delayed by more than " + PATIENCE);
    }
    for (var task : tasks) {
      task.get();
    }
    send(monitor, END);
    received.get();
    return new HeartbeatTrace(
        conditions.name(),
        sent.entrySet().stream()
            .map(each ->
                new Heartbeat(each.getKey(), millis(each.getValue()), arrivalOf(each.getKey())))
            .toList(),
        millis(killed));
  }

  private void schedulePauses() {
    int count = conditions.pauses().size();
    for (int i = 0; i < count; i++) {
      int pause = conditions.pauses().get(i);
      schedule(
          () -> {
            signal("STOP");
            schedule(() -> signal("CONT"), TimeUnit.MILLISECONDS.toMicros(pause));
            return null;
          },
          TimeUnit.MILLISECONDS.toMicros(length.toMillis() * (i + 2) / (count + 3)));
    }
  }

  private void schedule(Callable<Void> task, long micros) {
    tasks.add(timer.schedule(task, micros, TimeUnit.MICROSECONDS));
  }

  private Void signal(String name) throws IOException {
    Commands.run("kill", "-s", name, Long.toString(process.pid()));
    return null;
  }

  /** Returns the time of SIGKILL. */
  private long kill() {
    long now = System.nanoTime();
    process.destroyForcibly();
    Jvm.awaitEnd(process);
    return now;
  }

  private Void forwardAll() throws IOException {
    for (int number = receive(relay); number != END; number = receive(relay)) {
      long now = System.nanoTime();
      if (sent.isEmpty()) {
        start = now;
        begun.countDown();
      }
      sent.put(number, now);
      if (random.nextDouble() >= conditions.loss()) {
        forward(number, now);
      }
    }
    return null;
  }

  private void forward(int number, long now) throws IOException {
    double progress = (now - start) / (double) length.toNanos();
    double delay = -Math.log(1 - random.nextDouble()) * conditions.delay() * progress;
    if (delay == 0) {
      send(monitor, number);
      return;
    }
    schedule(
        () -> {
          send(monitor, number);
          return null;
        },
        Math.round(delay * 1000));
  }

  private Void receiveAll() throws IOException {
    for (int number = receive(monitor); number != END; number = receive(monitor)) {
      arrived.put(number, System.nanoTime());
    }
    return null;
  }

  private double arrivalOf(int number) {
    var at = arrived.get(number);
    return at == null ? Heartbeat.LOST : millis(at);
  }

  private double millis(long nanos) {
    return (nanos - start) / 1e6;
  }

  private static int receive(DatagramSocket socket) throws IOException {
    var packet = new DatagramPacket(new byte[Integer.BYTES], Integer.BYTES);
    socket.receive(packet);
    return ByteBuffer.wrap(packet.getData()).getInt();
  }

  private static void send(DatagramSocket to, int number) throws IOException {
    var content = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    to.send(new DatagramPacket(content, content.length, to.getLocalSocketAddress()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    timer.shutdownNow();
    relay.close();
    monitor.close();
    receivers.shutdownNow();
  }
}
