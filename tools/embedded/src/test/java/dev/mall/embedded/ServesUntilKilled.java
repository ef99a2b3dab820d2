package dev.mall.embedded;

import java.nio.file.Path;

/** Starts PostgreSQL and Redis in a directory and forgets about them. */
final class ServesUntilKilled {

  private ServesUntilKilled() {}

  public static void main(String[] args) throws Exception {
    var directory = Path.of(args[0]);
    var postgres = new EmbeddedPostgres(Place.lasting(directory.resolve("postgres"), 0));
    var redis = new EmbeddedRedis(Place.lasting(directory.resolve("redis"), 0));
    postgres.start();
    redis.start();
    System.out.println("ready " + postgres.process().pid() + " " + redis.process().pid());
    Thread.currentThread().join();
  }
}
