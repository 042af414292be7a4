package io.changeover.rebuild;

import io.changeover.rebuild.ClassCode.Member;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The code that methods of one class can reach: of this class method by method, of others of the team whole classes. Two
 * equal hashes mean that the methods do the same, as long as they are pure. What a library's class does stands for
 * itself, see {@link ClassFiles}.
 *
 * @param hash of all that was reached
 * @param outside what the code asks that is not code, such as {@code java.lang.System.getenv}; if there is any, an equal
 *     hash proves nothing
 */
record ReachableCode(String hash, Set<String> outside) {

    /** Finds what the methods of the class reach, which are given as name and descriptor. */
    static ReachableCode of(ClassFiles files, Class<?> first, Collection<String> methods) {
        Search search = new Search(files, ClassFiles.nameOf(first));
        methods.forEach(search::method);
        search.run();
        return new ReachableCode(Hash.of(search.found.toString()), search.outside);
    }

    /** The whole class and what it reaches. */
    static ReachableCode of(ClassFiles files, Class<?> whole) {
        Search search = new Search(files, "");
        search.mention(ClassFiles.nameOf(whole));
        search.run();
        return new ReachableCode(Hash.of(search.found.toString()), search.outside);
    }

    private static final class Search {

        private final ClassFiles files;
        private final String first;
        private final @Nullable ClassCode code;
        private final Map<String, String> found = new TreeMap<>();
        private final Set<String> outside = new TreeSet<>();
        private final Set<String> seenClasses = new HashSet<>();
        private final Set<String> seenMethods = new HashSet<>();
        private final Deque<Runnable> open = new ArrayDeque<>();
        private boolean state;
        private boolean all;

        private Search(ClassFiles files, String first) {
            this.files = files;
            this.first = first;
            this.code = first.isEmpty() ? null : files.code(first).orElse(null);
            if (code != null) {
                code.parents().forEach(this::mention);
                if (code.parents().stream().anyMatch(this::mayCallBack)) {
                    allMethods(); // a parent may call whatever is overridden here
                }
            } else if (!first.isEmpty()) {
                unread(first);
            }
        }

        private boolean mayCallBack(String parent) {
            ClassFiles.Owner owner = files.owner(parent);
            return owner != ClassFiles.Owner.JDK && owner != ClassFiles.Owner.OURS;
        }

        private void run() {
            while (!open.isEmpty()) {
                open.remove().run();
            }
        }

        private void mention(String name) {
            if (name.equals(first) || !seenClasses.add(name)) {
                return;
            }
            switch (files.owner(name)) {
                case JDK -> {}
                case MISSING -> unread(name);
                case OURS, LIBRARY -> found.put(name, files.library(name));
                case TEAM -> open.add(() -> files.code(name).ifPresentOrElse(this::whole, () -> unread(name)));
            }
        }

        private void unread(String name) {
            outside.add("class %s, whose file cannot be read".formatted(name.replace('/', '.')));
        }

        private void whole(ClassCode other) {
            StringBuilder text = new StringBuilder(other.header());
            other.parents().forEach(this::mention);
            other.mentioned().forEach(this::mention);
            other.fields().forEach((signature, field) -> {
                text.append(field.text());
                field.mentioned().forEach(this::mention);
            });
            other.methods().forEach((signature, method) -> {
                if (!signature.startsWith("lambda$")) {
                    text.append(other.text(signature));
                }
                uses(other.name(), signature, method);
            });
            found.put(other.name(), Hash.of(text.toString()));
        }

        /** A method of the first class. One that it inherits belongs to a parent, which is looked at as a whole. */
        private void method(String signature) {
            ClassCode code = this.code;
            if (code == null || !code.methods().containsKey(signature) || !seenMethods.add(signature)) {
                return;
            }
            open.add(() -> {
                found.put(first + " " + signature, code.text(signature));
                code.withLambdas(signature).forEach(each -> {
                    ClassCode.Method method = code.methods().get(each);
                    if (method != null) {
                        uses(first, each, method);
                    }
                });
            });
        }

        private void uses(String owner, String signature, ClassCode.Method method) {
            if (method.isNative()) {
                outside.add("native method " + owner.replace('/', '.') + "." + signature);
            }
            method.mentioned().forEach(this::mention);
            for (Member member : method.members()) {
                if (Outside.isOutside(member)) {
                    outside.add(member.owner().replace('/', '.') + "." + member.name());
                }
                if (member.owner().equals(first)) {
                    if (member.isField()) {
                        field(member);
                    } else {
                        method(member.signature());
                    }
                }
            }
        }

        /** What a field of the first class holds comes of its initialisers; of one that changes, from anywhere. */
        private void field(Member member) {
            ClassCode code = this.code;
            ClassCode.Field field = code == null ? null : code.fields().get(member.signature());
            if (code == null || field == null) {
                return;
            }
            found.put(first + " " + member.signature(), field.text());
            field.mentioned().forEach(this::mention);
            if (!state) {
                state = true;
                code.methods().keySet().stream()
                        .filter(signature -> signature.startsWith("<"))
                        .forEach(this::method);
            }
            if (!field.isFinal()) {
                allMethods();
            }
        }

        private void allMethods() {
            if (code != null && !all) {
                all = true;
                code.methods().keySet().stream()
                        .filter(signature -> !signature.startsWith("lambda$"))
                        .forEach(this::method);
            }
        }
    }
}
