package dev.mall.conventions;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A parsed compilation unit, its path in the repository and its length. */
record JavaSource(String path, CompilationUnitTree unit, long lines) {

  static List<JavaSource> parse(List<Path> files) {
    return parsed(
        files.stream().map(file -> new Text(Repository.name(file), Repository.text(file))));
  }

  static JavaSource parse(String path, String text) {
    return parsed(Stream.of(new Text(path, text))).getFirst();
  }

  /** By one task, since the start of one takes longer than most files. */
  private static List<JavaSource> parsed(Stream<Text> texts) {
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, null, null, texts.toList());
    try {
      return StreamSupport.stream(task.parse().spliterator(), false).map(JavaSource::of).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static JavaSource of(CompilationUnitTree unit) {
    var path = unit.getSourceFile().toUri().getPath().substring(1);
    return new JavaSource(path, unit, unit.getLineMap().getLineNumber(Integer.MAX_VALUE));
  }

  private static final class Text extends SimpleJavaFileObject {

    private final String content;

    Text(String path, String content) {
      super(URI.create("string:///" + path), Kind.SOURCE);
      this.content = content;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }

  String folder() {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  boolean isPackageInfo() {
    return fileName().equals("package-info.java");
  }

  Stream<String> topLevelTypes() {
    return unit.getTypeDecls().stream()
        .filter(ClassTree.class::isInstance)
        .map(type -> ((ClassTree) type).getSimpleName().toString());
  }

  /** Constructors declared by classes, which excludes those of records. */
  List<MethodTree> constructors() {
    var found = new ArrayList<MethodTree>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitClass(ClassTree type, Void nothing) {
        if (type.getKind() != Tree.Kind.RECORD) {
          type.getMembers().stream()
              .filter(MethodTree.class::isInstance)
              .map(MethodTree.class::cast)
              .filter(method -> method.getName().contentEquals("<init>"))
              .forEach(found::add);
        }
        return super.visitClass(type, nothing);
      }
    }.scan(unit, null);
    return found;
  }

  List<String> methodNames() {
    var found = new ArrayList<String>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        found.add(method.getName().toString());
        return super.visitMethod(method, nothing);
      }
    }.scan(unit, null);
    return found;
  }

  /** Names of types, methods, fields, parameters and variables that are declared here. */
  Set<String> declaredNames() {
    var found = new TreeSet<String>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitClass(ClassTree type, Void nothing) {
        found.add(type.getSimpleName().toString());
        return super.visitClass(type, nothing);
      }

      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        found.add(method.getName().toString());
        return super.visitMethod(method, nothing);
      }

      @Override
      public Void visitVariable(VariableTree variable, Void nothing) {
        found.add(variable.getName().toString());
        return super.visitVariable(variable, nothing);
      }
    }.scan(unit, null);
    return found;
  }

  boolean startsThreads() {
    var found = new boolean[1];
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitNewClass(NewClassTree call, Void nothing) {
        found[0] |= isThread(call.getIdentifier());
        return super.visitNewClass(call, nothing);
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree member, Void nothing) {
        found[0] |=
            isThread(member.getExpression())
                && member.getIdentifier().toString().matches("of\\w+|start\\w+");
        return super.visitMemberSelect(member, nothing);
      }
    }.scan(unit, null);
    return found[0];
  }

  private static boolean isThread(ExpressionTree type) {
    return type.toString().equals("Thread");
  }
}
