package dev.mall.deployment;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Judges manifests by the classes that are generated from Kubernetes' own OpenAPI document: every
 * field must exist and be of its type, and what is required must be there.
 */
final class Schema {

  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  private Schema() {}

  /** The class of a manifest's kind; none for a custom resource. */
  static Optional<Class<?>> of(Yaml manifest) {
    var version = manifest.at("apiVersion").text();
    var group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    var number = version.substring(version.indexOf('/') + 1);
    if (group.contains(".") && !group.endsWith(".k8s.io")) {
      return Optional.empty();
    }
    try {
      var name =
          number.substring(0, 1).toUpperCase(Locale.ROOT)
              + number.substring(1)
              + manifest.at("kind");
      return Optional.of(Class.forName(MODELS + name));
    } catch (ClassNotFoundException _) {
      throw new YAMLException("Kubernetes knows no %s %s".formatted(version, manifest.at("kind")));
    }
  }

  /** The errors of the manifest, each with its path. */
  static List<String> complaints(Yaml manifest, Class<?> type) {
    var complaints = new ArrayList<String>();
    judge(
        manifest.at("kind") + " " + manifest.at("metadata", "name"),
        manifest.value(),
        type,
        complaints);
    if (complaints.isEmpty()) {
      whatIsMissing(manifest, type).ifPresent(complaints::add);
    }
    return complaints;
  }

  private static void judge(String path, Object value, Type type, List<String> complaints) {
    if (type instanceof ParameterizedType generic) {
      var content = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      switch (value) {
        case List<?> list when generic.getRawType() == List.class ->
            list.forEach(item -> judge(path + "[]", item, content, complaints));
        case Map<?, ?> map when generic.getRawType() == Map.class ->
            map.forEach((key, item) -> judge(path + "." + key, item, content, complaints));
        case null, default -> complaints.add("%s must be a %s".formatted(path, generic));
      }
    } else if (((Class<?>) type).getName().startsWith(MODELS)) {
      judgeObject(path, value, (Class<?>) type, complaints);
    } else if (!isA(value, (Class<?>) type)) {
      complaints.add(
          "%s must be a %s, not %s".formatted(path, ((Class<?>) type).getSimpleName(), value));
    }
  }

  private static void judgeObject(
      String path, Object value, Class<?> type, List<String> complaints) {
    if (!(value instanceof Map<?, ?> map)) {
      complaints.add("%s must be an object, not %s".formatted(path, value));
      return;
    }
    var fields =
        Arrays.stream(type.getDeclaredFields())
            .filter(field -> field.isAnnotationPresent(SerializedName.class))
            .collect(
                Collectors.toMap(
                    field -> field.getAnnotation(SerializedName.class).value(),
                    Function.identity()));
    map.forEach((key, item) -> {
      Field field = fields.get(key.toString());
      if (field == null) {
        complaints.add("%s.%s is unknown".formatted(path, key));
      } else {
        judge(path + "." + key, item, field.getGenericType(), complaints);
      }
    });
  }

  private static boolean isA(Object value, Class<?> type) {
    if (type == String.class) {
      return value instanceof String;
    }
    if (type == Boolean.class) {
      return value instanceof Boolean;
    }
    if (type == Integer.class || type == Long.class) {
      return value instanceof Integer;
    }
    if (type == IntOrString.class) {
      return value instanceof Integer || value instanceof String;
    }
    return type == Quantity.class
        ? value instanceof Integer
            || value instanceof String && new Quantity((String) value).getNumber() != null
        : value != null;
  }

  private static Optional<String> whatIsMissing(Yaml manifest, Class<?> type) {
    try {
      type.getMethod("validateJsonElement", JsonElement.class)
          .invoke(null, new Gson().toJsonTree(manifest.value()));
      return Optional.empty();
    } catch (InvocationTargetException refused) {
      return Optional.of(
          "%s: %s".formatted(manifest.at("metadata", "name"), refused.getCause().getMessage()));
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException(broken);
    }
  }
}
