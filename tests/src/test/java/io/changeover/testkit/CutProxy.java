package io.changeover.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A way to a server on this machine that can be cut: what is sent then arrives nowhere, and nobody says so. */
public final class CutProxy implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    private volatile CountDownLatch mended = new CountDownLatch(0);

    /** A way to the port, open at first. */
    public CutProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** The port that leads there. */
    public int port() {
        return door.getLocalPort();
    }

    /** The address of a database by way of this. */
    public String url(String jdbc) {
        return jdbc.replaceFirst(":\\d+/", ":%d/".formatted(port()));
    }

    /** From now on nothing arrives. */
    public void cut() {
        mended = new CountDownLatch(1);
        cut = true;
    }

    /** Ends all connections. */
    public void sever() {
        open.forEach(CutProxy::close);
        open.clear();
    }

    /** What is sent arrives again, also what was sent meanwhile. */
    public void mend() {
        cut = false;
        mended.countDown();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                open.add(client);
                daemon(() -> serve(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            daemon(() -> copy(client, server));
            copy(server, client);
        } catch (IOException e) {
            close(client);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[65_536];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (cut) {
                    mended.await();
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // one side is gone, and the other one goes too
        } finally {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone already
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cut-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        mend();
        open.forEach(CutProxy::close);
    }
}
