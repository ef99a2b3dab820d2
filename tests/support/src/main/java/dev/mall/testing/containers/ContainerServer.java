package dev.mall.testing.containers;

import com.github.dockerjava.api.DockerClient;
import dev.mall.embedded.Server;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** A server in a container, which is stopped and started with its data as Docker does it. */
abstract class ContainerServer implements Server {

  private static final Duration START = Duration.ofSeconds(90);
  private static final int SECONDS_TO_STOP = 30;

  private final GenericContainer<?> container;
  private boolean running;

  ContainerServer(GenericContainer<?> container, String port) {
    this.container = container;
    container.setPortBindings(List.of(port));
  }

  /**
   * Asks in the server's own protocol: Docker itself accepts connections before the server does.
   */
  abstract boolean answers() throws Exception;

  @Override
  public final synchronized void start() {
    if (running) {
      throw new IllegalStateException(container.getDockerImageName() + " is running already");
    }
    if (container.getContainerId() == null) {
      container.start();
    } else {
      docker().startContainerCmd(container.getContainerId()).exec();
    }
    Awaitility.await("an answer of " + container.getDockerImageName())
        .atMost(START)
        .pollDelay(Duration.ZERO)
        .ignoreExceptions()
        .until(this::answers);
    running = true;
  }

  @Override
  public final synchronized void stop() {
    if (running) {
      docker().stopContainerCmd(container.getContainerId()).withTimeout(SECONDS_TO_STOP).exec();
      running = false;
    }
  }

  @Override
  public final synchronized void restartEmpty() {
    close();
    start();
  }

  /** Removes the container with its data. */
  @Override
  public final synchronized void close() {
    container.stop();
    running = false;
  }

  @Override
  public final synchronized boolean running() {
    return running;
  }

  public final synchronized void kill() {
    docker().killContainerCmd(container.getContainerId()).exec();
    running = false;
  }

  public final void suspend() {
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  public final void resume() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  private static DockerClient docker() {
    return DockerClientFactory.instance().client();
  }
}
