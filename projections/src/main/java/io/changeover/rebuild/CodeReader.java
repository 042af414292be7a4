package io.changeover.rebuild;

import io.changeover.rebuild.ClassCode.Inlined;
import io.changeover.rebuild.ClassCode.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.Type;
import org.objectweb.asm.TypePath;

/** Reads a class file as text that is the same as long as the class works the same way, line numbers aside. */
final class CodeReader extends ClassVisitor {

    private static final int API = Opcodes.ASM9;
    private static final Pattern SIGNATURE_CLASS = Pattern.compile("L([\\w/$]+)");
    /** Flags that say nothing about how code works. */
    private static final int NOISE = Opcodes.ACC_DEPRECATED;

    private final StringBuilder header = new StringBuilder();
    private final Set<String> parents = new TreeSet<>();
    private final Set<String> mentioned = new TreeSet<>();
    private final Map<String, ClassCode.Field> fields = new TreeMap<>();
    private final Map<String, ClassCode.Method> methods = new TreeMap<>();
    private final Set<String> annotations = new TreeSet<>();
    private final List<String> components = new ArrayList<>();
    private String name = "";
    private boolean isRecord;

    private CodeReader() {
        super(API);
    }

    static ClassCode read(ClassReader file) {
        CodeReader reader = new CodeReader();
        file.accept(reader, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return new ClassCode(
                reader.name,
                reader.header.toString(),
                reader.parents,
                reader.mentioned,
                reader.fields,
                reader.methods,
                reader.isPlainRecord(),
                reader.annotations);
    }

    @Override
    public void visit(
            int version,
            int access,
            String ownName,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        name = ownName;
        header.append("class %s %x %s %s %s\n"
                .formatted(ownName, access & ~NOISE, signature, superName, Arrays.toString(interfaces)));
        if (superName != null) {
            isRecord = superName.equals("java/lang/Record");
            parents.add(superName);
        }
        if (interfaces != null) {
            parents.addAll(List.of(interfaces));
        }
        signature(signature, mentioned);
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        return annotation(descriptor, text -> header.append(text).append('\n'));
    }

    @Override
    public void visitPermittedSubclass(String permitted) {
        header.append("permits ").append(permitted).append('\n');
        mentioned.add(permitted);
    }

    @Override
    public RecordComponentVisitor visitRecordComponent(
            String component, String descriptor, @Nullable String signature) {
        components.add(component + " " + descriptor);
        header.append("component %s %s %s\n".formatted(component, descriptor, signature));
        type(descriptor, mentioned);
        signature(signature, mentioned);
        return new RecordComponentVisitor(API) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotated, boolean visible) {
                return annotation(annotated, text -> header.append(component)
                        .append(' ')
                        .append(text)
                        .append('\n'));
            }

            @Override
            public AnnotationVisitor visitTypeAnnotation(
                    int reference, @Nullable TypePath path, String annotated, boolean visible) {
                return annotation(
                        annotated, text -> header.append("%s %x %s %s\n".formatted(component, reference, path, text)));
            }
        };
    }

    @Override
    public FieldVisitor visitField(
            int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
        StringBuilder text = new StringBuilder(
                "field %x %s %s %s %s\n".formatted(access & ~NOISE, field, descriptor, signature, value));
        Set<String> named = new TreeSet<>();
        type(descriptor, named);
        signature(signature, named);
        return new FieldVisitor(API) {
            @Override
            public AnnotationVisitor visitAnnotation(String annotated, boolean visible) {
                return annotation(annotated, line -> text.append(line).append('\n'));
            }

            @Override
            public void visitEnd() {
                fields.put(
                        field + " " + descriptor,
                        new ClassCode.Field(text.toString(), (access & Opcodes.ACC_FINAL) != 0, named));
            }
        };
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String method, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        return new Body(access, method, descriptor, signature);
    }

    /** Whether the canonical constructor is the one that a compiler writes where the record declares none. */
    private boolean isPlainRecord() {
        if (!isRecord) {
            return false;
        }
        StringBuilder descriptor = new StringBuilder("(");
        components.forEach(component -> descriptor.append(component.substring(component.indexOf(' ') + 1)));
        ClassCode.Method constructor = methods.get("<init> " + descriptor.append(")V"));
        if (constructor == null) {
            return false;
        }
        List<Object> lines = constructor.text().stream()
                .filter(line -> !line.toString().startsWith("@"))
                .toList();
        List<String> expected = new ArrayList<>(List.of("25 0", "183 java/lang/Record <init> ()V"));
        int local = 1;
        for (String component : components) {
            Type type = Type.getType(component.substring(component.indexOf(' ') + 1));
            expected.add("25 0");
            expected.add("%d %d".formatted(type.getOpcode(Opcodes.ILOAD), local));
            expected.add("181 %s %s".formatted(name, component));
            local += type.getSize();
        }
        expected.add("177");
        return lines.subList(Math.min(1, lines.size()), lines.size()).equals(expected);
    }

    private static void type(String descriptor, Set<String> into) {
        Type type = Type.getType(descriptor);
        if (type.getSort() == Type.METHOD) {
            for (Type argument : type.getArgumentTypes()) {
                type(argument, into);
            }
            type(type.getReturnType(), into);
        } else {
            type(type, into);
        }
    }

    private static void type(Type type, Set<String> into) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        if (element.getSort() == Type.OBJECT) {
            into.add(element.getInternalName());
        }
    }

    private static void signature(@Nullable String signature, Set<String> into) {
        if (signature != null) {
            Matcher matcher = SIGNATURE_CLASS.matcher(signature);
            while (matcher.find()) {
                into.add(matcher.group(1));
            }
        }
    }

    private AnnotationVisitor annotation(String descriptor, Consumer<String> sink) {
        annotations.add(Type.getType(descriptor).getInternalName());
        return new AnnotationText(descriptor, sink);
    }

    /** Writes an annotation with its values on one line. */
    private static final class AnnotationText extends AnnotationVisitor {

        private final StringBuilder text;
        private final Consumer<String> sink;

        private AnnotationText(String begin, Consumer<String> sink) {
            super(API);
            this.text = new StringBuilder("@").append(begin).append('(');
            this.sink = sink;
        }

        @Override
        public void visit(@Nullable String key, Object value) {
            text.append(key).append('=').append(value(value)).append(' ');
        }

        private static String value(Object value) {
            return value.getClass().isArray() ? Arrays.deepToString(new Object[] {value}) : value.toString();
        }

        @Override
        public void visitEnum(@Nullable String key, String descriptor, String value) {
            text.append("%s=%s.%s ".formatted(key, descriptor, value));
        }

        @Override
        public AnnotationVisitor visitAnnotation(@Nullable String key, String descriptor) {
            return new AnnotationText(
                    descriptor,
                    nested -> text.append(key).append('=').append(nested).append(' '));
        }

        @Override
        public AnnotationVisitor visitArray(@Nullable String key) {
            return new AnnotationText(
                    "", nested -> text.append(key).append('=').append(nested).append(' '));
        }

        @Override
        public void visitEnd() {
            sink.accept(text.append(')').toString());
        }
    }

    /** One method. */
    private final class Body extends MethodVisitor {

        private final String signature;
        private final boolean isNative;
        private final List<Object> text = new ArrayList<>();
        private final Set<Member> members = new LinkedHashSet<>();
        private final Set<String> named = new TreeSet<>();
        private final Map<Label, Integer> labels = new HashMap<>();

        private Body(int access, String method, String descriptor, @Nullable String generic) {
            super(API);
            this.isNative = (access & Opcodes.ACC_NATIVE) != 0;
            // A lambda's number is no part of what it does.
            boolean lambda = isLambda(method);
            this.signature = method + " " + descriptor;
            text.add("method %x %s %s %s".formatted(access & ~NOISE, lambda ? "lambda" : method, descriptor, generic));
            type(descriptor, named);
            CodeReader.signature(generic, named);
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return annotation(descriptor, text::add);
        }

        @Override
        public AnnotationVisitor visitParameterAnnotation(int parameter, String descriptor, boolean visible) {
            return annotation(descriptor, line -> text.add("@%d %s".formatted(parameter, line)));
        }

        @Override
        public AnnotationVisitor visitTypeAnnotation(
                int reference, @Nullable TypePath path, String descriptor, boolean visible) {
            return annotation(descriptor, line -> text.add("@%x %s %s".formatted(reference, path, line)));
        }

        @Override
        public AnnotationVisitor visitAnnotationDefault() {
            return new AnnotationText("default", text::add);
        }

        @Override
        public void visitInsn(int opcode) {
            text.add(Integer.toString(opcode));
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            text.add(opcode + " " + operand);
        }

        @Override
        public void visitVarInsn(int opcode, int variable) {
            text.add(opcode + " " + variable);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            text.add(opcode + " " + type);
            type(Type.getObjectType(type), named);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            use(opcode, owner, field, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
            use(opcode, owner, method, descriptor);
        }

        private void use(int opcode, String owner, String member, String descriptor) {
            text.add("%d %s %s %s".formatted(opcode, owner, member, descriptor));
            member(owner, member, descriptor);
        }

        private void member(String owner, String member, String descriptor) {
            type(Type.getObjectType(owner), named);
            type(descriptor, named);
            if (!owner.startsWith("[")) {
                members.add(new Member(owner, member, descriptor));
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
            text.add("dynamic %s %s %s".formatted(method, descriptor, bootstrap));
            type(descriptor, named);
            constants(arguments);
        }

        private void constants(Object... constants) {
            for (Object constant : constants) {
                if (constant instanceof Handle handle) {
                    handle(handle);
                } else if (constant instanceof ConstantDynamic dynamic) {
                    text.add("constant %s %s %s"
                            .formatted(dynamic.getName(), dynamic.getDescriptor(), dynamic.getBootstrapMethod()));
                    type(dynamic.getDescriptor(), named);
                    for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                        constants(dynamic.getBootstrapMethodArgument(i));
                    }
                } else {
                    text.add("%s %s".formatted(constant.getClass().getSimpleName(), constant));
                    if (constant instanceof Type type) {
                        type(type.getDescriptor(), named);
                    }
                }
            }
        }

        private void handle(Handle handle) {
            if (handle.getOwner().equals(name) && isLambda(handle.getName())) {
                text.add(new Inlined(handle.getName() + " " + handle.getDesc()));
            } else {
                text.add("handle " + handle);
                member(handle.getOwner(), handle.getName(), handle.getDesc());
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            constants(value);
        }

        @Override
        public void visitIincInsn(int variable, int increment) {
            text.add("increment %d %d".formatted(variable, increment));
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            text.add("arrays %s %d".formatted(descriptor, dimensions));
            type(descriptor, named);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            text.add("%d ->%d".formatted(opcode, number(label)));
        }

        @Override
        public void visitLabel(Label label) {
            text.add(":" + number(label));
        }

        private int number(Label label) {
            return labels.computeIfAbsent(label, unseen -> labels.size());
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label other, Label... cases) {
            text.add("table %d %d %d %s".formatted(min, max, number(other), numbers(cases)));
        }

        @Override
        public void visitLookupSwitchInsn(Label other, int[] keys, Label[] cases) {
            text.add("lookup %s %d %s".formatted(Arrays.toString(keys), number(other), numbers(cases)));
        }

        private List<Integer> numbers(Label... cases) {
            return Arrays.stream(cases).map(this::number).toList();
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            text.add("try %d %d %d %s".formatted(number(start), number(end), number(handler), type));
            if (type != null) {
                named.add(type);
            }
        }

        @Override
        public void visitEnd() {
            methods.put(signature, new ClassCode.Method(text, members, named, isNative));
        }
    }

    private static boolean isLambda(String method) {
        return method.startsWith("lambda$");
    }
}
