# Every service, and the verifier, from one file: the build runs once, each of them is a target.
#
#   docker build --target order-service --tag mall/order-service .
#
# Where the jars are there already, a folder with order-service.jar, verifier.jar and so on (and, for what an image is made
# of, order-service.cdx.json and so on) takes the build's place:
#
#   docker build --build-context jars=FOLDER --target order-service --tag mall/order-service .

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /mall
COPY . .
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn --batch-mode --no-transfer-progress --quiet package org.cyclonedx:cyclonedx-maven-plugin:makeBom \
      -Dmaven.test.skip -Dspotless.check.skip --also-make \
      --projects order-service,inventory-service,payment-service,notification-service,saga-orchestrator,gateway,tools/verifier \
 && mkdir /jars \
 && for module in order-service inventory-service payment-service notification-service saga-orchestrator gateway tools/verifier; do \
      name=$(basename $module); \
      cp --preserve=timestamps $module/target/mall-$name-*-exec.jar /jars/$name.jar || exit 1; \
      cp $module/target/bom.json /jars/$name.cdx.json || exit 1; \
    done

FROM scratch AS jars
COPY --from=build /jars/ /

# Libraries that all services have in common (the gateway has fewer) become one layer that they share on disk and in memory.
FROM eclipse-temurin:25-jre AS layers
COPY --from=jars / /jars/
WORKDIR /layers
RUN mkdir -p verifier \
 && for file in /jars/verifier.*; do \
      [ ! -e "$file" ] || mv "$file" verifier/ || exit 1; \
    done \
 && for jar in /jars/*.jar; do \
      name=$(basename "$jar" .jar); \
      java -Djarmode=tools -jar "$jar" extract --layers --destination "$name" || exit 1; \
      [ ! -e "/jars/$name.cdx.json" ] || cp "/jars/$name.cdx.json" "$name/application/" || exit 1; \
    done \
 && mkdir -p common/lib \
 && for library in order-service/dependencies/lib/*; do \
      name=$(basename "$library"); \
      if [ "$(ls */dependencies/lib/"$name" | grep --invert-match --count ^gateway/)" = "$(ls /jars/*.jar | grep --invert-match --count gateway)" ]; then \
        cp --preserve=timestamps "$library" common/lib/ && rm */dependencies/lib/"$name"; \
      fi; \
    done

FROM eclipse-temurin:25-jre AS service
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.vendor="mall" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /mall
COPY --from=layers /layers/common/ ./
COPY docker/jvm.options docker/train.sh ./
# Of the container's memory this much is the heap's; the rest is for classes, code, threads, buffers and the page cache
# that is in use, and with a full heap still leaves free what docker/smoke asks for.
ENV JDK_JAVA_OPTIONS="-XX:+UseSerialGC -XX:MaxRAMPercentage=42" \
    MALL_MANAGEMENT_PORT=9090
ARG AOT=on
EXPOSE 9090
HEALTHCHECK --interval=10s --timeout=5s --start-period=300s --start-interval=5s --retries=3 \
  CMD curl --fail --silent --output /dev/null "http://127.0.0.1:$MALL_MANAGEMENT_PORT/actuator/health/readiness"
STOPSIGNAL SIGTERM

# java is process 1 and gets the signals itself; the user is a number, so that Kubernetes sees that it is
# not root, and owns nothing in here.
FROM service AS order-service
LABEL org.opencontainers.image.title="mall/order-service"
COPY --from=layers /layers/order-service/dependencies/ ./
COPY --from=layers /layers/order-service/application/ ./
RUN sh train.sh order-service.jar
EXPOSE 8081
USER 10001:10001
ENTRYPOINT ["java", "@jvm.options", "@aot.options", "-jar", "order-service.jar"]

FROM service AS inventory-service
LABEL org.opencontainers.image.title="mall/inventory-service"
COPY --from=layers /layers/inventory-service/dependencies/ ./
COPY --from=layers /layers/inventory-service/application/ ./
RUN sh train.sh inventory-service.jar
EXPOSE 8082
USER 10001:10001
ENTRYPOINT ["java", "@jvm.options", "@aot.options", "-jar", "inventory-service.jar"]

FROM service AS payment-service
LABEL org.opencontainers.image.title="mall/payment-service"
COPY --from=layers /layers/payment-service/dependencies/ ./
COPY --from=layers /layers/payment-service/application/ ./
RUN sh train.sh payment-service.jar
EXPOSE 8083
USER 10001:10001
ENTRYPOINT ["java", "@jvm.options", "@aot.options", "-jar", "payment-service.jar"]

FROM service AS notification-service
LABEL org.opencontainers.image.title="mall/notification-service"
COPY --from=layers /layers/notification-service/dependencies/ ./
COPY --from=layers /layers/notification-service/application/ ./
RUN sh train.sh notification-service.jar
EXPOSE 8084
USER 10001:10001
ENTRYPOINT ["java", "@jvm.options", "@aot.options", "-jar", "notification-service.jar"]

FROM service AS saga-orchestrator
LABEL org.opencontainers.image.title="mall/saga-orchestrator"
COPY --from=layers /layers/saga-orchestrator/dependencies/ ./
COPY --from=layers /layers/saga-orchestrator/application/ ./
RUN sh train.sh saga-orchestrator.jar
EXPOSE 8085
USER 10001:10001
ENTRYPOINT ["java", "@jvm.options", "@aot.options", "-jar", "saga-orchestrator.jar"]

FROM service AS gateway
LABEL org.opencontainers.image.title="mall/gateway"
COPY --from=layers /layers/gateway/dependencies/ ./
COPY --from=layers /layers/gateway/application/ ./
# not trained: Spring's authorization store asks the database for its columns while the context is made
RUN : >aot.options
EXPOSE 8080
USER 10001:10001
ENTRYPOINT ["java", "@jvm.options", "@aot.options", "-jar", "gateway.jar"]

# Reads the five databases and judges them: ./mall verify for where databases have no port on the host.
FROM eclipse-temurin:25-jre AS verifier
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="mall/verifier" \
      org.opencontainers.image.vendor="mall" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
WORKDIR /mall
COPY --from=layers /layers/verifier/ ./
USER 10001:10001
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.timezone=UTC", "-jar", "verifier.jar"]
