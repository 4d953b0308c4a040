//! The worker of the queue, beside the pages.

use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{App, Kind, StartError};
use crate::jobs::{Work, Worker};
use crate::notify::Carriers;

/// A worker that runs until it is told to stop.
#[derive(Debug)]
pub(super) struct Working {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Working {
    pub(super) fn start(app: &App, base_url: String) -> Result<Self, StartError> {
        let demo = app.kind == Kind::Demo;
        let carriers = Carriers::new(&app.config, demo, Arc::clone(&app.texts))?;
        let worker = Worker::new(Work {
            desk: app.desk(),
            accounts: app.accounts(),
            files: app.files.clone(),
            recordings: app.config.recordings(),
            chancery: Arc::new(app.chancery(base_url.clone())),
            carriers: Arc::new(carriers),
            texts: Arc::clone(&app.texts),
            base_url,
            demo,
        });
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(worker.run(stopped));
        Ok(Self { stop, task })
    }

    /// Lets the jobs that run come to their end; what is still due waits for the next start.
    pub(super) async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the worker ended badly; its jobs come back when their leases end");
        }
    }
}
