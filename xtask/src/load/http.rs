//! A sender over HTTP/1.1 with one connection, which it opens again when it is gone.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::sender::{PATIENCE, Sent, is_complete, message, readings};

/// A sender.
pub struct Http<'a> {
    port: u16,
    token: &'a str,
    connection: Option<BufReader<TcpStream>>,
}

impl<'a> Http<'a> {
    pub fn new(port: u16, token: &'a str) -> Self {
        Self { port, token, connection: None }
    }

    /// Sends one message after the other until the time is over.
    pub fn send(mut self, sender: usize, begun: Instant, duration: Duration) -> Result<Sent, String> {
        let mut sent = Sent::default();
        while begun.elapsed() < duration {
            let text = message(sender, sent.messages);
            let mut tries = 0_u64;
            loop {
                tries += 1;
                match self.post(&text) {
                    Ok((200, answer)) => {
                        is_complete(&answer)?;
                        break;
                    }
                    // The service says itself that it cannot at the moment.
                    Ok((503, _)) => std::thread::sleep(Duration::from_millis(200)),
                    Ok((status, answer)) => return Err(format!("status {status}: {answer}")),
                    Err(_) => {
                        self.connection = None;
                        std::thread::sleep(Duration::from_millis(50));
                    }
                }
                if begun.elapsed() > duration + 12 * PATIENCE {
                    return Err("the service does not answer any more".to_owned());
                }
            }
            sent.messages += 1;
            sent.readings += readings();
            sent.repeated += u64::from(tries > 1);
        }
        Ok(sent)
    }

    fn post(&mut self, text: &str) -> std::io::Result<(u16, String)> {
        if self.connection.is_none() {
            let stream = TcpStream::connect(("127.0.0.1", self.port))?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            self.connection = Some(BufReader::new(stream));
        }
        let Some(connection) = &mut self.connection else { return Err(std::io::ErrorKind::NotConnected.into()) };
        let head = format!(
            "POST /api/readings?feed=load HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\nContent-Type: text/csv\r\n\
             Content-Length: {}\r\n\r\n",
            self.token,
            text.len()
        );
        let stream = connection.get_mut();
        stream.write_all(head.as_bytes())?;
        stream.write_all(text.as_bytes())?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            if connection.read_line(&mut line)? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest.split(' ').next().and_then(|status| status.parse().ok()).unwrap_or(0);
            } else if let Some(rest) = line.strip_prefix("content-length:") {
                length = rest.trim().parse().unwrap_or(0);
            } else if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        connection.read_exact(&mut body)?;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }
}
